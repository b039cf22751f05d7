"""The older form of the credential, from before decision 0122.

This module builds the older form only to check old credentials, never to sign new ones. The older
form has one proof (today there are two), no schema, no picture and no second evidence. A JSON
object in it has an `id` only if the standard requires one.
"""

from collections.abc import Mapping
from typing import Any

from psm_course.credentials.documents import Json
from psm_course.credentials.formats.badge import EXTENSIONS, badge, beside_in
from psm_course.credentials.signing.keys import Issuer


def badge_like(
    credential: Mapping[str, Any], content: Mapping[str, Any], issuer: Issuer, position: int
) -> Json:
    """Build a record's credential again, without proofs, in the same form as `credential`.

    `credential` is an existing credential of the record. If it has the form from before decision
    0122, the result has that form too. `content` is the record. Contents that are not in the record
    are copied from `credential`. `position` is the record's place in the status lists, from 0.
    """
    document = badge(content, issuer, position, beside_in(credential))
    return document if EXTENSIONS in credential["@context"] else _earlier(document)


def _earlier(document: Json) -> Json:
    subject: Json = _without(document["credentialSubject"], "id")
    achievement: Json = _without(subject["achievement"], "image")
    achievement["criteria"] = _without(achievement["criteria"], "id")
    subject["achievement"] = achievement
    if "result" in subject:
        subject["result"] = [_without(each, "id") for each in subject["result"]]
    return _without(document, "credentialSchema") | {
        "@context": document["@context"][:-1],
        "credentialSubject": subject,
        "evidence": [_without(document["evidence"][0], "id")],
    }


def _without(node: Mapping[str, Any], word: str) -> Json:
    return {name: value for name, value in node.items() if name != word}
