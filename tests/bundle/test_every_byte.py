"""A bundle with any one byte changed is refused (10 or 15), also when somebody puts the container right again."""

from collections import Counter
from collections.abc import Iterator

import pytest

from izsa_desktop.bundle import container, trust
from izsa_desktop.domain.errors import Refused
from izsa_desktop.domain.reference import OFFICE
from tests.bundle.forge import opened, verify
from tests.bundle.make_golden import OLDEST

BUNDLE = (OLDEST / "bornova.izsa").read_bytes()
TRUST = trust.decode((OLDEST / "trust.json").read_bytes())
OUTER = opened(BUNDLE)
PAYLOAD, SIGNATURE = OUTER.values()
INNER = opened(PAYLOAD)


def _codes(attempts: Iterator[bytes]) -> Counter[int]:
    """How often each exit code refused; 0 stands for a bundle that was let in."""
    found: Counter[int] = Counter()
    for data in attempts:
        try:
            verify(data, TRUST)
        except Refused as refusal:
            found[refusal.exit_code] += 1
        else:
            found[0] += 1
    return found


def _changed(data: bytes, *xors: int) -> Iterator[bytes]:
    for at in range(len(data)):
        for xor in xors:
            yield data[:at] + bytes([data[at] ^ xor]) + data[at + 1 :]


def _sealed(payload: bytes, signature: bytes = SIGNATURE) -> bytes:
    return container.pack({"payload.zip": payload, "payload.zip.minisig": signature})


def _repacked(name: str, content: bytes) -> bytes:
    return _sealed(container.pack({**INNER, name: content}))


def test_the_bundle_itself_is_good() -> None:
    assert _codes(iter([BUNDLE, _sealed(PAYLOAD), _repacked("manifest.json", INNER["manifest.json"])])) == {0: 3}


def test_every_bit_of_the_file() -> None:
    found = _codes(_changed(BUNDLE, 1, 2, 4, 8, 16, 32, 64, 128, 0xFF, 0x20 ^ 0x0A))
    assert found == {15: 10 * len(BUNDLE)}


def test_every_byte_of_the_payload_in_a_container_that_was_put_right() -> None:
    assert _codes(_sealed(payload) for payload in _changed(PAYLOAD, 1)) == {10: len(PAYLOAD)}


def test_every_bit_of_the_signature_in_a_container_that_was_put_right() -> None:
    found = _codes(_sealed(PAYLOAD, signature) for signature in _changed(SIGNATURE, 1, 2, 4, 8, 16, 32, 64, 128))
    assert found.keys() == {10, 15}
    assert found.total() == 8 * len(SIGNATURE)


@pytest.mark.parametrize("name", INNER)
def test_every_byte_of_a_member_in_containers_that_were_put_right(name: str) -> None:
    found = _codes(_repacked(name, content) for content in _changed(INNER[name], 2))
    assert found == {10: len(INNER[name])}


def test_every_cut_every_missing_and_every_added_byte() -> None:
    every = range(len(BUNDLE))
    assert _codes(BUNDLE[:n] for n in every) == {15: len(BUNDLE)}
    assert _codes(BUNDLE[n + 1 :] for n in every) == {15: len(BUNDLE)}
    assert _codes(BUNDLE[:n] + BUNDLE[n + 1 :] for n in every) == {15: len(BUNDLE)}
    assert _codes(BUNDLE[:n] + b"\0" + BUNDLE[n:] for n in every) == {15: len(BUNDLE)}


def test_junk_around_it() -> None:
    comment = BUNDLE[:-2] + b"\x05\0merak"
    attempts = [b"MZ" + BUNDLE, b"#!/bin/sh\n" + BUNDLE, BUNDLE + b"\0", BUNDLE + b"\n", BUNDLE * 2, comment]
    assert _codes(iter(attempts)) == {15: len(attempts)}


def test_it_is_for_the_office_alone() -> None:
    assert verify(BUNDLE, TRUST, OFFICE).manifest.to == OFFICE
    with pytest.raises(Refused) as caught:
        verify(BUNDLE, TRUST, "TUR035007")
    assert caught.value.exit_code == 18
