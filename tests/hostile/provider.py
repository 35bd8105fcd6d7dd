"""A small provider of OpenID Connect on this machine: honest, unless it is told to lie."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "tracker", "a secret of the provider"
_KEYS = [RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256", "use": "sig"}) for _ in range(2)]


class Provider:
    """Signs in whoever `email` names. `claims` are told instead of the true ones; `lie` is what else is wrong."""

    def __init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.claims: dict[str, Any] = {}
        self.lie, self.asked, self.codes = "", [], {}  # type: ignore[var-annotated]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def begin(self) -> None:
        """Honest again, with nothing asked yet."""
        self.claims, self.lie, self.asked, self.codes = {}, "", [], {}

    def authorize(self, address: str) -> str:
        """What a person's browser does at the provider: the query that it comes back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"code={code}&state={asked['state']}"

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": "https://evil.example" if self.lie == "metadata" else self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }

    def token(self, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(sent.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        if asked is None or proof.rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        if sent["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        true = {"iss": self.issuer, "sub": "7", "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        told = {name: value for name, value in (true | self.claims).items() if value is not None}
        answer = {"access_token": "access", "token_type": "Bearer", "id_token": self._signed(told)}
        return 200, {name: value for name, value in answer.items() if value}

    def _signed(self, claims: dict[str, Any]) -> str:
        header = {"alg": "RS256", "kid": "one"}
        if self.lie == "no token":
            return ""
        if self.lie == "unsigned":
            parts = ({"alg": "none"}, claims)
            return (
                ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts)
                + "."
            )
        if self.lie == "symmetric":
            return jwt.encode({"alg": "HS256", "kid": "one"}, claims, OctKey.import_key(SECRET), algorithms=["HS256"])
        text = jwt.encode(header, claims, _KEYS[1] if self.lie == "another key" else _KEYS[0])
        return f"{text[:-8]}AAAAAAAA" if self.lie == "tampered" else text

    def _handler(provider) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.asked.append(self.path)
                keys = {"keys": [_KEYS[0].as_dict(private=False)]}
                self.tell(200, keys if self.path == "/keys" else provider.metadata())

            def do_POST(self) -> None:
                provider.asked.append(self.path)
                sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.tell(*provider.token({name: values[0] for name, values in sent.items()}))

            def tell(self, status: int, content: Any) -> None:
                body = b"<html>" if provider.lie == "no JSON" else json.dumps(content).encode()
                is_led_on = provider.lie == "led on" and self.path.startswith("/.well-known/")
                self.send_response(500 if provider.lie == "down" else 302 if is_led_on else status)
                if is_led_on:
                    self.send_header("Location", "/metadata")
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: Any) -> None:
                """Nothing on the screen."""

        return Answering
