#!/bin/sh
# A newer program on a server with systemd, and the register along with it; or everything as before. As root, in the course's folder:
#   sh server/upgrade.sh psm_course-….whl
# Stopped in the middle? The same command again ends it.
set -eu
programs=${PSM_PROGRAMS:-/opt/psm}
address=${PSM_HEALTH:-http://127.0.0.1:8765/sehat}
wheel=$(realpath "$1")
old=$(readlink "$programs/now")
new=$programs/$(basename "$wheel" .whl)-$(date +%Y%m%d%H%M%S)

psm_of() { # program, words: as the account psm, with its settings
	program=$1
	shift
	set -a
	. ./server/psm.env
	set +a
	runuser --user psm -- env HOME=/tmp "PSM_DATA=$PSM_DATA" ${PSM_DATABASE:+"PSM_DATABASE=$PSM_DATABASE"} ${PSM_DATABASE_FILE:+"PSM_DATABASE_FILE=$PSM_DATABASE_FILE"} \
		"$program/bin/psm" "$@"
}

switch_to() { # at once: there is always a program at `now`
	ln -sfn "$1" "$programs/next"
	mv -T "$programs/next" "$programs/now"
}

is_well() {
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		if python3 -c "import sys, urllib.request as u; u.urlopen(sys.argv[1], timeout=15)" "$address" 2>/dev/null; then return 0; fi
		sleep 3
	done
	return 1
}

echo "Memasang program yang baru di $new ..."
python3 -m venv "$new"
python3 -m zipfile -e "$wheel" "$new/wheel"
"$new/bin/python" -m pip install --quiet --require-hashes --requirement "$new/wheel/psm_course/starting/server/requirements.lock"
"$new/bin/python" -m pip install --quiet --no-deps "$wheel"

systemctl stop psm
if ! said=$(psm_of "$new" upgrade --json); then
	systemctl start psm
	echo "Pembaruan dibatalkan: program dan register tetap yang lama."
	exit 1
fi
switch_to "$new"
systemctl start psm
if is_well; then
	echo "Selesai. Program yang lama masih ada di $old."
	exit 0
fi
systemctl stop psm
case $said in *'"aside": null'*) ;; *) psm_of "$new" upgrade --back ;; esac
switch_to "$old"
systemctl start psm
echo "Program yang baru tidak menjawab, jadi program dan register yang lama dipakai lagi. Lihat: journalctl --unit psm"
exit 1
