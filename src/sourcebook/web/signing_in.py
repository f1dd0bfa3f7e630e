"""Signing in to write, and out again."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sourcebook.web.access import SignedIn, whence
from sourcebook.web.answers import Answers
from sourcebook.web.corrections import read_form
from sourcebook.web.headers import HEADERS


def sign_in_routes(access: SignedIn, answers: Answers) -> list[Route]:
    """The page with its form, and what the form leads to."""

    def page(request: Request) -> Response:
        return answers.page("sign-in.html", {"failed": "", "who": access.who(request), "token": access.token(request)})

    async def sign_in(request: Request) -> Response:
        form = await read_form(request)
        if why := whence(request.headers):
            raise HTTPException(403, why)
        if seconds := access.wait_s(request):
            failed = f"Too many attempts: try again in {-(-seconds // 60)} minutes."
            refused = answers.page("sign-in.html", {"failed": failed}, 429)
            refused.headers["retry-after"] = str(seconds)
            return refused
        back = RedirectResponse("/", 303, HEADERS)
        if access.sign_in(request, form.get("secret", "").strip(), back):
            return back
        return answers.page("sign-in.html", {"failed": "That is nobody's token."}, 403)

    async def sign_out(request: Request) -> Response:
        form = await read_form(request)
        if why := access.refusal(request, form.get("token", "")):
            raise HTTPException(403, why)
        back = RedirectResponse("/", 303, HEADERS)
        access.sign_out(request, back)
        return back

    return [
        Route("/sign-in", page, methods=["GET"]),
        Route("/sign-in", sign_in, methods=["POST"]),
        Route("/sign-out", sign_out, methods=["POST"]),
    ]
