#!/usr/bin/env python3
"""Checks a sealed archive of one publication's history, with Python 3.8 or newer and nothing else.

    python3 verify.py archive.zip
    python3 verify.py archive.zip --key KEY   KEY: the office's public key, 64 digits or a file
    python3 verify.py archive.zip --signature-key SECRET   also recomputes the chains' own hashes;
                                              only the office has this key (or set SIGNATURE_KEY)

Exit status: 0 everything holds, 1 something does not, 2 it could not be read.

`--key` matters. Without it the signature is checked with the key that lies in the archive, which
shows that nothing was changed since that key signed it, not whose key it is. Take the office's
key from its web site, at /.well-known/prakat-signing-key.txt, or from a letter of the office.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import os
import sys
import zipfile

FORMAT = "prakat-evidence/1"
SEALS = {"manifest.json", "manifest.sig", "manifest.hmac"}


class Broken(Exception):
    """Something is not what it claims to be."""


# --- the checks ---------------------------------------------------------------------------------


class Check:
    """One archive and what was found in it."""

    def __init__(self, archive: zipfile.ZipFile, key: str | None, secret: bytes | None) -> None:
        self.archive, self.key, self.secret = archive, key, secret
        self.records: dict[str, dict[int, dict]] = {"publications": {}, "signatures": {}}

    def run(self) -> dict:
        """Checks everything and returns the manifest. Raises `Broken` at the first failure."""
        manifest_bytes = self.read("manifest.json")
        manifest = json.loads(manifest_bytes.decode())
        if manifest.get("format") != FORMAT:
            raise Broken("manifest.json: this is not an archive of the format " + FORMAT)
        self.check_seal(manifest_bytes)
        self.check_members(manifest["members"])
        for chain in self.records:
            for sequence in manifest[chain]:
                self.check_record(chain, sequence)
            self.check_links(chain, manifest[chain])
        for publication in self.records["publications"].values():
            self.check_publication(publication, manifest)
        return manifest

    def read(self, name: str) -> bytes:
        """The bytes of one member."""
        try:
            return self.archive.read(name)
        except KeyError as error:
            raise Broken(name + ": missing") from error

    def check_seal(self, manifest: bytes) -> None:
        """The manifest is what the holder of the key signed."""
        enclosed = self.read("public-key.txt").decode().strip()
        if self.key is not None and self.key != enclosed:
            raise Broken("public-key.txt: this is not the key that you gave")
        signature = bytes.fromhex(self.read("manifest.sig").decode().strip())
        if not ed25519_verifies(bytes.fromhex(enclosed), manifest, signature):
            raise Broken("manifest.sig: the manifest was not signed with this key, or was changed")
        if self.secret is not None:
            expected = hmac.new(self.secret, manifest, hashlib.sha256).hexdigest()
            if not hmac.compare_digest(expected, self.read("manifest.hmac").decode().strip()):
                raise Broken("manifest.hmac: the manifest was not sealed with this key")

    def check_members(self, members: list[dict]) -> None:
        """Exactly the members of the manifest are there, byte by byte."""
        listed = [member["path"] for member in members]
        there = [entry.filename for entry in self.archive.infolist() if not entry.is_dir()]
        for name in there:
            if there.count(name) > 1:
                raise Broken(name + ": it is there twice")
            if name not in SEALS and name not in listed:
                raise Broken(name + ": the manifest does not list it")
        for member in members:
            name = member["path"]
            if name not in there:
                raise Broken(name + ": missing")
            digest, size = hashlib.sha256(), 0
            with self.archive.open(name) as stream:
                for chunk in iter(lambda: stream.read(1 << 20), b""):
                    digest.update(chunk)
                    size += len(chunk)
            if (digest.hexdigest(), size) != (member["sha256"], member["size"]):
                raise Broken(name + ": it was changed")
            if name.startswith("files/") and name.split("/")[1] != digest.hexdigest():
                raise Broken(name + ": it is not the file of this hash")

    def check_record(self, chain: str, sequence: int) -> None:
        """One row of a chain; its own hash only with the office's secret key."""
        name = f"{chain}/{sequence:09d}.json"
        record = json.loads(self.read(name).decode())
        if record["sequence"] != sequence:
            raise Broken(name + ": another sequence number stands in it")
        if self.secret is not None:
            message = canonical_json([sequence, record["previousHash"], record["sealed"]])
            own = hmac.new(self.secret, message.encode(), hashlib.sha256).hexdigest()
            if own != record["ownHash"]:
                raise Broken(name + ": its own hash is not right")
        self.records[chain][sequence] = record

    def check_links(self, chain: str, sequences: list[int]) -> None:
        """Each row names the hash of the one before, from the first of ours to the last."""
        name = f"chain/{chain}.txt"
        if sequences != sorted(set(sequences)):
            raise Broken(f"manifest.json: the {chain} are out of order")
        rows = [line.split(" ") for line in self.read(name).decode().splitlines()]
        numbers = [int(row[0]) for row in rows]
        if sequences and numbers != list(range(sequences[0], sequences[-1] + 1)):
            raise Broken(name + ": a place is missing or out of order")
        for before, row in zip(rows, rows[1:]):
            if row[1] != before[2]:
                raise Broken(f"{name}: number {row[0]} does not follow its predecessor")
        places = {int(row[0]): (row[1], row[2]) for row in rows}
        for sequence in sequences:
            record = self.records[chain][sequence]
            if places.get(sequence) != (record["previousHash"], record["ownHash"]):
                raise Broken(f"{name}: number {sequence} is not the record of this archive")

    def check_publication(self, publication: dict, manifest: dict) -> None:
        """The snapshot is what was signed, by different people, for this subject."""
        sealed = publication["sealed"]
        name = f"publications/{publication['sequence']:09d}.json"
        snapshot = self.read(f"snapshots/{sealed['content_hash']}.json")
        if hashlib.sha256(snapshot).hexdigest() != sealed["content_hash"]:
            raise Broken(name + ": its snapshot is not what was signed")
        data = json.loads(snapshot.decode())
        if canonical_json(data).encode() != snapshot:
            raise Broken(name + ": its snapshot is not canonical")
        if (data["subject"], data["locale"]) != (manifest["subject"], manifest["language"]):
            raise Broken(name + ": it is about something else")
        for sha256, described in data["files"].items():
            path = f"files/{sha256}/{described['filename']}"
            if path not in [member["path"] for member in manifest["members"]]:
                raise Broken(f"{name}: the file {path} is missing")
        self.check_signatures(name, sealed)

    def check_signatures(self, name: str, sealed: dict) -> None:
        """Every signature that made the row is there, on this content, each of another person."""
        decision = "approve" if sealed["kind"] == "publication" else "withdraw"
        signers = set()
        sequences = json.loads(sealed["signatures"])
        for sequence in sequences:
            signature = self.records["signatures"].get(sequence)
            if signature is None:
                raise Broken(f"{name}: signature {sequence} is missing")
            signed = signature["sealed"]
            if signed["content_hash"] != sealed["content_hash"] or signed["decision"] != decision:
                raise Broken(f"{name}: signature {sequence} is for something else")
            signers.add(signed["user_id"])
        if not sequences or len(signers) != len(sequences):
            raise Broken(name + ": one person signed twice, or nobody did")


def canonical_json(value) -> str:
    """One text for one value: keys sorted, no spaces, letters as they are."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


# --- Ed25519 (RFC 8032): verification only, which needs no secrets and no haste ---

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def _add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(number, point):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = _add(result, point)
        point = _add(point, point)
        number >>= 1
    return result


def _are_equal(one, other):
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (
        one[1] * other[2] - other[1] * one[2]
    ) % P == 0


def _x_of(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if (x & 1) != sign else x


def _point(text):
    number = int.from_bytes(text, "little")
    y = number & ((1 << 255) - 1)
    x = _x_of(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (_x_of(BASE_Y, 0), BASE_Y, 1, _x_of(BASE_Y, 0) * BASE_Y % P)


def ed25519_verifies(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of the private half of `key` signed `message`."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, commitment = _point(key), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if public is None or commitment is None or s >= Q:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    h = int.from_bytes(digest, "little") % Q
    return _are_equal(_times(s, BASE), _add(commitment, _times(h, public)))


# --- the command ----------------------------------------------------------------------------------


def main(arguments=None) -> int:
    """Checks what the arguments name and says what was found."""
    parser = argparse.ArgumentParser(description="Checks a sealed archive of a publication.")
    parser.add_argument("archive", help="the ZIP")
    parser.add_argument("--key", help="the office's public key: 64 digits, or a file with them")
    parser.add_argument("--signature-key", default=os.environ.get("SIGNATURE_KEY"))
    options = parser.parse_args(arguments)
    try:
        key = options.key
        if key and os.path.exists(key):
            with open(key, encoding="ascii") as file:
                key = file.read()
        key = key.strip().lower() if key is not None else None
        secret = options.signature_key.encode() if options.signature_key else None
        check = Check(zipfile.ZipFile(options.archive), key, secret)
        manifest = check.run()
    except Broken as problem:
        print(f"DOES NOT HOLD. {problem}")
        return 1
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as problem:
        print(f"DOES NOT HOLD. It cannot be read: {problem!r}")
        return 1
    except OSError as problem:
        print(f"It cannot be opened: {problem}")
        return 2
    counted = (
        f"{len(manifest[name])} {name}" for name in ("publications", "signatures", "members")
    )
    print(f"HOLDS: {', '.join(counted)}.")
    if key is None:
        enclosed = check.read("public-key.txt").decode().strip()
        print("NOT CHECKED: whose key signed it. Compare with the office's own (--key):")
        print("  " + enclosed)
    if secret is None:
        print("NOT CHECKED: the chains' own hashes, for which the office's secret key is needed.")
    return 0


if __name__ == "__main__":
    # Names and titles may be Thai, and a terminal may not.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    sys.exit(main())
