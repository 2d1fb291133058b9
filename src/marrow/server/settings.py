"""Settings. Everything that a place may change is an environment variable, and odd values refuse.

MARROW_MODE is `demo`, `test` or `live`. Live refuses to start with a development secret, debug
pages or every host allowed.
"""

from __future__ import annotations

import gc
import os
import secrets
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from django.core.exceptions import ImproperlyConfigured

# what is loaded stays: to look through it all for what went, each 700 things, takes a fifth of a start
gc.set_threshold(20_000, 10, 10)

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("MARROW_VAR") or ROOT / "var")
VAR.mkdir(parents=True, exist_ok=True)
VERSION = "0.1.0"


def flag(name: str, *, default: bool) -> bool:
    """An on/off setting; anything but 0 and 1 is refused, not guessed."""
    text = os.environ.get(name, "1" if default else "0")
    if text not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {text!r}.")
    return text == "1"


def number(name: str, default: int) -> int:
    """A whole number; anything else is refused."""
    text = os.environ.get(name, str(default))
    if not (text.isascii() and text.isdecimal()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def kept(place: Path) -> str:
    """What the file holds; who opens it in the moment of its making waits for its words."""
    for _turn in range(100):
        if text := place.read_text(encoding="ascii").strip():
            return text
        time.sleep(0.02)
    raise ImproperlyConfigured(f"{place} is empty.")


def secret(name: str, keep_in: str) -> str:
    """A secret from NAME, else from the file that NAME_FILE names.

    Only a demonstration makes its own, once, in a file that only it can read.
    """
    if value := os.environ.get(name):
        return value
    if told := os.environ.get(f"{name}_FILE"):
        return Path(told).read_text(encoding="utf-8").strip()
    if MODE == "live":
        raise ImproperlyConfigured(
            f"Set {name} or {name}_FILE: a live Marrow does not make up its secrets."
        )
    place = VAR / keep_in
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept(place)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return place.read_text(encoding="ascii").strip()


MODE = os.environ.get("MARROW_MODE", "test" if "pytest" in sys.modules else "demo")
if MODE not in ("demo", "test", "live"):
    raise ImproperlyConfigured(f"MARROW_MODE must be demo, test or live, not {MODE!r}.")
DEMO = MODE == "demo"
DEBUG = flag("MARROW_DEBUG", default=False)
ALLOWED_HOSTS = os.environ.get("MARROW_HOSTS", "localhost 127.0.0.1 [::1] testserver").split()
if MODE == "live" and (DEBUG or "*" in ALLOWED_HOSTS or "MARROW_HOSTS" not in os.environ):
    raise ImproperlyConfigured("A live Marrow needs MARROW_HOSTS (no *) and MARROW_DEBUG=0.")
SECRET_KEY = secret("MARROW_SECRET_KEY", "secret.key")
JOURNAL_KEY = secret("MARROW_JOURNAL_KEY", "journal.key")
RECORD_KEY = secret("MARROW_RECORD_KEY", "record.key")
BACKUP_KEY = secret("MARROW_BACKUP_KEY", "backup.key")

NUMBER_EVERY = 0.0 if MODE == "test" else 0.5  # seconds between two numberings by one process
ROOT_URLCONF = "marrow.server.urls"
WSGI_APPLICATION = "marrow.server.wsgi.application"
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [ROOT / "src/marrow/locale"]
LANGUAGE_CODE = "en"
LANGUAGES = [("zh-hans", "中文"), ("en", "English"), ("fr", "français")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
UPLOADS = VAR / "uploads"
FONTS = os.environ.get(
    "MARROW_FONTS", ""
)  # a folder with the typefaces of papers; "" is the system's
HEADS = Path(os.environ.get("MARROW_HEADS", VAR / "heads.txt"))  # where the journal ended, daily
BACKUPS = Path(os.environ.get("MARROW_BACKUPS", VAR / "backups"))
LARGEST_UPLOAD = 64 * 1024 * 1024  # bytes
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "ninja",
    "marrow.core",
    "marrow.ui",
    "marrow.sources",
    "marrow.directory",
    "marrow.accounts",
    "marrow.sync",
    "marrow.programmes",
    "marrow.catalogue",
    "marrow.people",
    "marrow.missions",
    "marrow.teams",
    "marrow.posts",
    "marrow.handovers",
    "marrow.agreements",
    "marrow.recognition",
    "marrow.activity",
    "marrow.capacity",
    "marrow.entrusting",
    "marrow.need",
    "marrow.hospitals",
    "marrow.consults",
    "marrow.plan",
    "marrow.briefs",
    "marrow.archive",
    "marrow.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "marrow.ui.rest.middleware.ApiMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "marrow.accounts.middleware.ViewerMiddleware",
    "marrow.accounts.middleware.SecondFactorMiddleware",
    "marrow.accounts.tokens.middleware.TokenMiddleware",
    "marrow.ui.middleware.PageMiddleware",
]
AUTHENTICATION_BACKENDS = [
    # allauth's own tells a closed account apart from a wrong password: nobody is to learn that
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username"]},
    },
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "marrow.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "marrow.accounts.forms.SignInForm",
    "change_password": "marrow.accounts.forms.ChangePasswordForm",
    "reauthenticate": "marrow.accounts.forms.ConfirmForm",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds; as long as the staff mode of administrators
# five failures lock an account for one address (the key holds both)
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/15m/key"}
MFA_ADAPTER = "marrow.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody needs an address here
MFA_TOTP_ISSUER = "Marrow"
MFA_TOTP_TOLERANCE = 1  # clocks of phones in the field
MFA_FORMS = {
    "authenticate": "marrow.accounts.forms.SecondStepForm",
    "reauthenticate": "marrow.accounts.forms.ConfirmByCodeForm",
    "activate_totp": "marrow.accounts.forms.AppForm",
    "add_webauthn": "marrow.accounts.forms.PasskeyForm",
}
#: counts of failures, seen by every process
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cacheline",
    }
}
HOME_PROGRAMME = os.environ.get(
    "MARROW_HOME_PROGRAMME", "beijing-teams"
)  # the front page tells of it
API_PACE = number("MARROW_API_PACE", 3000)  # calls a minute of one caller; 0 is any
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Letters: to the console, or by smtp://user:password@host:port (smtps:// speaks TLS from the start)
MAIL = urlparse(os.environ.get("MARROW_MAIL", ""))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL.hostname else 'console'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL.hostname or "", MAIL.port or 587
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(MAIL.username or ""), unquote(MAIL.password or "")
EMAIL_USE_SSL = MAIL.scheme == "smtps"
EMAIL_USE_TLS = MAIL.scheme == "smtp" and MAIL.hostname not in ("localhost", "127.0.0.1")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("MARROW_MAIL_FROM", "Marrow <marrow@localhost>")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "marrow.ui.slips.late.page_too_old"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = MODE == "live"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = flag("MARROW_HTTPS", default=MODE == "live")
SECURE_HSTS_SECONDS = 31_536_000 if MODE == "live" else 0
X_FRAME_OPTIONS = "DENY"
if flag("MARROW_PROXY_HEADER", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

_LOADERS: list[Any] = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "marrow.ui.templatetags.marrow",
                "marrow.sources.templatetags.sources",
                "marrow.catalogue.templatetags.catalogue",
                "marrow.people.templatetags.people",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "marrow.ui.context.frame",
            ],
        },
    }
]


def database(address: str) -> dict[str, Any]:
    """`postgres://user:password@host:port/name`, or a path of a SQLite file; '' is the default."""
    if address.startswith(("postgres://", "postgresql://")):
        url = urlparse(address)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": 60,
        }
    if "://" in address:
        raise ImproperlyConfigured(
            f"MARROW_DATABASE must be postgres://… or a path, not {address.split('://', maxsplit=1)[0]}://…"
        )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": address or VAR / "marrow.sqlite3",
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",  # a read lock never has to be raised to a write lock
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            " PRAGMA foreign_keys=ON; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;",
        },
    }


DATABASES = {"default": database(os.environ.get("MARROW_DATABASE", ""))}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "ERROR" if MODE == "test" else "WARNING"},
}
