"""What a receipt is found by again: its reference and secret code, readable aloud; and the references of comments."""

import hashlib
import hmac
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 O, 1 I L and U (for V): nothing that is misread or misheard."""
GROUP = 4
_MISREAD = str.maketrans({"U": "V"})


def derived(secret_key: str, purpose: str, *parts: str) -> bytes:
    """32 bytes that only the holder of the installation's key can make: the same parts give the same bytes."""
    message = "\0".join((purpose, *parts)).encode()
    return hmac.new(secret_key.encode(), message, hashlib.sha256).digest()


def receipt_reference(secret_key: str, key: str, attempt: int = 0) -> str:
    """Of a submission, such as R-7KQM-4TWX, from its idempotency key. `attempt` gives another one where it is taken."""
    return f"R-{_grouped(derived(secret_key, 'reference', key, str(attempt)), 8)}"


def file_reference(secret_key: str, key: str, attempt: int = 0) -> str:
    """Of a file that came in, such as F-7KQM-4TWX."""
    return f"F-{_grouped(derived(secret_key, 'file', key, str(attempt)), 8)}"


def secret_code(secret_key: str, key: str, reference: str) -> str:
    """The receipt's secret code, such as 9DXK-2M7P-WQ4T-H6RB (78 bits). It can be made again; stored is only its hash."""
    return _grouped(derived(secret_key, "secret", key, reference), 16)


def short_code(secret_key: str, purpose: str, *parts: str) -> str:
    """A code to be typed from a mail, such as 7KQM-4TWX (39 bits): its tries are counted."""
    return _grouped(derived(secret_key, purpose, *parts), 8)


def code_sha256(code: str) -> str:
    return hashlib.sha256(as_typed(code).encode()).hexdigest()


def as_typed(written: str) -> str:
    """What a person typed, brought to how codes are kept: capitals, narrow letters, without spaces and hyphens."""
    narrow = unicodedata.normalize("NFKC", written).upper()
    return "".join(letter for letter in narrow if letter.isascii() and letter.isalnum()).translate(_MISREAD)


def reference_as_typed(written: str) -> str:
    """R-7KQM-4TWX from r7kqm 4twx, R-7KQM-4TWX, 7kqm4twx; anything else comes back as typed letters."""
    letters = as_typed(written)
    bare = letters[1:] if len(letters) == 9 and letters.startswith("R") else letters
    return f"R-{bare[:GROUP]}-{bare[GROUP:]}" if len(bare) == 8 else letters


def comment_reference(prefix: str, round_number: int, number: int) -> str:
    """Such as PS3-2-0041: citable for ever. Five digits where four do not suffice."""
    return f"{prefix}-{round_number}-{number:04}"


def answers_reference(prefix: str, round_number: int, number: int) -> str:
    """Of answers that were handed in without a comment, such as PS3-2-A0007."""
    return f"{prefix}-{round_number}-A{number:04}"


def decision_reference(prefix: str, round_number: int, number: int) -> str:
    """Of what the committee decided, such as PS3-2-D0007."""
    return f"{prefix}-{round_number}-D{number:04}"


def _grouped(digest: bytes, length: int) -> str:
    rest, letters = int.from_bytes(digest, "big"), ""
    for _ in range(length):
        rest, index = divmod(rest, len(ALPHABET))
        letters += ALPHABET[index]
    return "-".join(letters[start : start + GROUP] for start in range(0, length, GROUP))
