"""Every type of page, by an address that shows it. What is in {braces} a portal fills in."""

from dataclasses import dataclass
from typing import Literal

Visitor = Literal["guest", "editor", "writer", "reviewer"]


@dataclass(frozen=True)
class PageType:
    name: str
    address: str
    status: int = 200
    visitor: Visitor = "guest"

    def in_english(self) -> "PageType":
        return PageType(f"{self.name} in English", f"/en{self.address}", self.status, self.visitor)


READING = (
    PageType("home", "/"),
    PageType("all guides", "/guides/"),
    PageType("filtered guides", "/guides/?kind=procedure&product=jiebei"),
    PageType("guides filtered to none", "/guides/?product=huabei&kind=case"),
    PageType("procedures", "/procedures/"),
    PageType("risk notes", "/risks/"),
    PageType("case studies", "/cases/"),
    PageType("procedure", "/procedures/close-jiebei/"),
    PageType("procedure with a picture", "/procedures/two-versions/"),
    PageType("risk note", "/risks/overdue-after-unbind/"),
    PageType("case study", "/cases/construction-project-authorization/"),
    PageType("version", "/procedures/two-versions/v2/"),
    PageType("old version", "/procedures/two-versions/v1/"),
    PageType("history of a guide", "/procedures/two-versions/history/"),
    PageType("comparison", "/procedures/two-versions/diff/v1/v2/"),
    PageType("comparison side by side", "/procedures/two-versions/diff/v1/v2/?view=side"),
    PageType("new version with its changes", "/procedures/two-versions/diff/v1/v2/?view=new"),
    PageType("products", "/products/"),
    PageType("product", "/products/jiebei/"),
    PageType("product and task", "/products/jiebei/close/"),
    PageType("product and task without a guide", "/products/huabei/unbind/"),
    PageType("task", "/tasks/close/"),
    PageType("tags", "/tags/"),
    PageType("tag", "/tags/credit-score/"),
    PageType("search", "/search/"),
    PageType("search results", "/search/?q=怎么关掉借呗"),
    PageType("search without results", "/search/?q=qqxxzz"),
    PageType("sources and claims", "/claims/"),
    PageType("about", "/about/"),
    PageType("search that wants a guide", "/search/?q=花呗解绑"),
    PageType("guide that is wanted", "/wanted/?product=huabei&task=unbind"),
    PageType("thanks for a wish", "/wanted/?product=huabei&task=unbind&done=1"),
    PageType("how it went", "/feedback/{versions}/v2/?step=k001"),
    PageType("thanks for a problem", "/feedback/{versions}/v2/thanks/?outcome=stuck&step=k001"),
    PageType("thanks for a success", "/feedback/{versions}/v2/thanks/?outcome=done"),
    PageType("wish for nothing", "/wanted/"),
    PageType("unknown address", "/procedures/close-jeibei/", 404),
    PageType("retired guide", "/procedures/given-up/", 410),
)
# Without a language of their own.
SHORT = (
    PageType("step that is gone", "/p/{versions}/s/k002/", 410),
    PageType("refused", "/admin/guides/procedure/{procedure}/retire/", 403, "writer"),
    PageType("malformed question", f"/search/?{'&'.join('a' * 2001)}", 400),
)
EDITING = (
    PageType("sign-in", "/admin/login/"),
    *(
        PageType(name, address, visitor="editor")
        for name, address in (
            ("admin", "/admin/"),
            ("list of procedures", "/admin/guides/procedure/"),
            ("list narrowed to none", "/admin/guides/procedure/?q=qqxxzz"),
            ("list of risk notes", "/admin/guides/risknote/"),
            ("list of case studies", "/admin/guides/casestudy/"),
            ("editor of a procedure", "/admin/guides/procedure/{procedure}/change/"),
            ("editor of a risk note", "/admin/guides/risknote/{risk}/change/"),
            ("editor of a case study", "/admin/guides/casestudy/{case}/change/"),
            ("new procedure", "/admin/guides/procedure/add/"),
            ("draft as readers would see it", "/preview/{draft}/"),
            ("review", "/admin/guides/procedure/{reviewed}/review/"),
            ("editor of a text given back", "/admin/guides/procedure/{returned}/change/"),
            ("who links here", "/admin/guides/procedure/{procedure}/links/"),
            ("reinstating", "/admin/guides/procedure/{gone}/reinstate/"),
            ("retiring", "/admin/guides/procedure/{procedure}/retire/"),
            ("changes to a guide", "/admin/guides/procedure/{procedure}/history/"),
            ("list of versions", "/admin/guides/revision/"),
            ("stored version", "/admin/guides/revision/{revision}/change/"),
            ("stored version compared", "/admin/guides/revision/{first_version}/change/?view=side"),
            ("list of products", "/admin/guides/product/"),
            ("list of tasks", "/admin/guides/task/"),
            ("list of tags", "/admin/guides/tag/"),
            ("list of situations", "/admin/guides/situation/"),
            ("list of pictures", "/admin/guides/image/"),
            ("list of verifications", "/admin/guides/verification/"),
            ("new tag", "/admin/guides/tag/add/"),
            ("list of sources", "/admin/guides/source/"),
            ("source", "/admin/guides/source/{source}/change/"),
            ("claim", "/admin/guides/claim/{claim}/change/"),
            ("verification", "/admin/guides/verification/{verification}/change/"),
            ("walk through a version", "/admin/guides/procedure/{walked}/verify/"),
            ("walk through a risk note", "/admin/guides/risknote/{risk}/verify/"),
            ("question desk", "/admin/guides/question/?days=30"),
            ("question desk narrowed to none", "/admin/guides/question/?q=qqxxzz"),
            ("group of questions", "/admin/guides/question/{question}/change/"),
            ("wishes", "/admin/guides/question/?tab=wishes"),
            ("questions answered by now", "/admin/guides/question/?tab=answered"),
            ("questions out of scope", "/admin/guides/question/?tab=outside"),
            ("list of feedback", "/admin/guides/feedback/?state=open"),
            ("feedback on a step that is gone", "/admin/guides/feedback/{feedback}/change/"),
            (
                "feedback on a step that changed",
                "/admin/guides/feedback/{feedback_changed}/change/",
            ),
            ("guides without an owner", "/admin/desk/ownerless/"),
            ("nothing to do", "/admin/desk/drafts/"),
            ("list of people", "/admin/auth/user/"),
            ("person", "/admin/auth/user/{person}/change/"),
            ("new password", "/admin/password_change/"),
        )
    ),
    PageType("read-only guide", "/admin/guides/claim/{claim}/change/", visitor="writer"),
    *(
        PageType(
            f"long comparison{name}",
            f"/procedures/for-colleagues/diff/v1/v2/{query}",
            visitor="editor",
        )
        for name, query in (("", ""), (" side by side", "?view=side"))
    ),
    PageType("history for an editor", "/procedures/for-colleagues/history/", visitor="editor"),
    PageType(
        "review by a colleague",
        "/admin/guides/procedure/{reviewed}/review/",
        visitor="reviewer",
    ),
    PageType("home for an editor", "/", visitor="editor"),
    PageType("guide with feedback for an editor", "/procedures/two-versions/", visitor="editor"),
    PageType("procedure for an editor", "/procedures/close-jiebei/", visitor="editor"),
)
IN_ENGLISH = tuple(page.in_english() for page in READING)
PUBLIC = (*READING, *SHORT)
EVERY = (*PUBLIC, *EDITING)
