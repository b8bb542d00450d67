# A mail server for the tests: aiosmtpd, with STARTTLS, a user and a spool of files. Refuses what the addresses say.
import asyncio, pathlib, ssl, sys
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, SMTP

spool, certificates = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


class Handler:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("unknown"):
            return f"550 5.1.1 <{address}>: no such user"
        if address.startswith("later"):
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        Handler.count += 1
        name = f"{Handler.count:03}"
        head = f"X-Test-Tls: {session.ssl is not None}\r\nX-Test-User: {session.auth_data}\r\nX-Test-To: {' '.join(envelope.rcpt_tos)}\r\n"
        (spool / (name + ".part")).write_bytes(head.encode() + envelope.content)
        (spool / (name + ".part")).rename(spool / (name + ".eml"))
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == b"notices" and data.password == b"secret-of-notices"
    return AuthResult(success=right, handled=right, auth_data=data.login.decode() if right else None)


class EncryptedController(Controller):
    def factory(self):
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificates / "server.pem", certificates / "server.key")
        return SMTP(self.handler, tls_context=tls, require_starttls=True, authenticator=authenticate, auth_required=True)


controller = EncryptedController(Handler(), hostname="127.0.0.1", port=int(sys.argv[3]))
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
