// What the office has published, for a site in a folder: nothing can be fetched there. Publishing writes it anew (`site/output/verification.py`).
PSM.published = {};
