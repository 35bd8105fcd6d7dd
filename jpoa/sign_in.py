"""Settings of people and sign-in, from environment variables: a part of settings.py."""

import re

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.FileAwareEnv()  # of each variable X also X_FILE: a secret that something else keeps
_OWN_MACHINE = env.bool("DEVELOPMENT", default=False)

AUTH_USER_MODEL = "commitments.Person"
# One alone: a second would hash a wrong password once more, and an absent address once less.
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "jpoa.passwords.NoCommonPieces"},
    {"NAME": "jpoa.passwords.NoWordsOfThisPlace"},
    {"NAME": "jpoa.passwords.NotLeaked"},
]
BREACHED_PASSWORDS = env("BREACHED_PASSWORDS", default="")  # a file of them by their SHA-1, in order (passwords.py)
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "jpoa.accounts.InvitedOnly"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a password or a second factor that was changed is told by mail
PASSWORD_RESET_TIMEOUT = 60 * 60  # an hour; an invitation has its own link, and a fortnight
SIGN_IN_RATE = env("THROTTLE_SIGN_IN", default="30/m")
if not re.fullmatch("[1-9][0-9]*/[1-9]?[0-9]*[smhd]", SIGN_IN_RATE):
    raise ImproperlyConfigured("THROTTLE_SIGN_IN is a number of tries and a time, such as 30/m or 100/15m.")
# Tries for one account ("key") are counted over the sign-in page, the tokens of the API and each asking again, and so
# are codes of a second factor. "ip" is the address on the network, behind as many proxies as NUM_PROXIES says.
ACCOUNT_RATE_LIMITS = {
    "login": f"{SIGN_IN_RATE}/ip",
    "login_failed": "20/m/ip,10/15m/key",
    "reset_password": "10/m/ip,5/15m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/15m/user",
    "change_password": "10/15m/user",
    "manage_email": "5/15m/user",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
# Single sign-on: off, and asked of nobody, without an issuer. The provider is believed about addresses of OIDC_DOMAINS.
SINGLE_SIGN_ON = {
    "issuer": env("OIDC_ISSUER", default=""),
    "client_id": env("OIDC_CLIENT_ID", default=""),
    "client_secret": env("OIDC_CLIENT_SECRET", default=""),
    "domains": [domain.lower() for domain in env.list("OIDC_DOMAINS", default=[])],
    "name": env("OIDC_NAME", default="Single sign-on"),
}
if not SINGLE_SIGN_ON["issuer"]:
    SINGLE_SIGN_ON = {}
elif not (SINGLE_SIGN_ON["client_id"] and SINGLE_SIGN_ON["domains"]):
    raise ImproperlyConfigured("Set OIDC_CLIENT_ID and OIDC_DOMAINS beside OIDC_ISSUER.")
elif not (_OWN_MACHINE or SINGLE_SIGN_ON["issuer"].startswith("https://")):
    raise ImproperlyConfigured("OIDC_ISSUER begins with https://.")
SECOND_FACTOR_FOR_ALL = env.bool("SECOND_FACTOR_FOR_ALL", default=False)
MFA_ADAPTER = "jpoa.accounts.SealedFactors"
# With these keys second factors are sealed in the database: the first seals, all open (operations/sealing.py).
SECOND_FACTOR_KEYS = env.list("SECOND_FACTOR_KEYS", default=["development-only"] if _OWN_MACHINE else [])
if not _OWN_MACHINE and (not SECOND_FACTOR_KEYS or min(map(len, SECOND_FACTOR_KEYS)) < 50):
    raise ImproperlyConfigured("Set SECOND_FACTOR_KEYS to at least 50 random characters, other than SECRET_KEY.")
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "JPoA Tracker"
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/"
