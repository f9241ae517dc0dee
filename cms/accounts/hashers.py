"""Password hashing at the cost that OWASP recommends, as signing asks for passwords often."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SigningArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet).

    Django's default takes 100 MiB and eight lanes for each check: a fifth of a second for every
    signature, on every core.
    """

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1
