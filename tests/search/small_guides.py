"""Small guides of our own to search in, and the words to ask for them."""

from typing import Any

from guides.search import Concept, Texts

PRODUCTS = [
    Concept("product:huabei", "花呗", ("花呗", "蚂蚁花呗", "huabei", "hb")),
    Concept("product:jiebei", "借呗", ("借呗", "蚂蚁借呗", "jiebei", "jb")),
    Concept("product:wangshangdai", "网商贷", ("网商贷", "网商", "MYbank")),
]
TASKS = [
    Concept("task:close", "关闭", ("关闭", "关掉", "取消", "close")),
    Concept("task:restore", "恢复", ("恢复", "解冻", "重新开通", "restore")),
    Concept("task:unbind", "解绑", ("解绑", "换卡", "unbind")),
]
SITUATIONS: list[dict[str, Any]] = [
    {
        "slug": "blocked",
        "name": "用不了",
        "phrases": ["用不了", "不能…用", "被停用", "被…关", "cannot use"],
        "means": ["task:restore"],
        "overrides": ["task:close"],
        "happened": True,
    },
    {"slug": "refund", "name": "退款", "phrases": ["退款"], "covered": False},
    {"slug": "swap", "name": "关一个换另一个", "phrases": ["网商……换借呗"]},
]
GUIDES = {
    1: Texts(
        title="关闭花呗",
        aliases=["怎么把花呗关掉", "不想用花呗了怎么办"],
        headings=["先还清欠款", "关闭之后"],
        summary="把花呗这项服务停下来，账户保留。",
        body="打开支付宝，进入花呗，点右上角的设置，再点关闭花呗。",
        concepts=["product:huabei", "task:close"],
        kind="procedure",
    ),
    2: Texts(
        title="关闭借呗",
        aliases=["怎么把借呗关掉"],
        headings=["先还清欠款"],
        summary="把借呗这项服务停下来。",
        body="打开支付宝，进入借呗，点关闭服务，输入短信验证码。",
        concepts=["product:jiebei", "task:close"],
        kind="procedure",
    ),
    3: Texts(
        title="恢复借呗授权",
        aliases=["借呗用不了怎么恢复", "借呗什么时候能恢复"],
        headings=["核对身份资料"],
        summary="授权被解除以后，怎样申请恢复。",
        body="重新提交身份资料，等待审核。",
        concepts=["product:jiebei", "task:restore"],
        kind="procedure",
    ),
    4: Texts(
        title="授权被解除的原因",
        aliases=["为什么借呗不能用了", "借呗怎么突然被停用"],
        headings=["平台的判断", "资料过期"],
        summary="账户为什么突然用不了。",
        body="平台会看还款记录，也会看资料是否过期。",
        concepts=["product:jiebei", "task:restore"],
        kind="risk",
    ),
    5: Texts(
        title="从借呗解绑银行卡",
        aliases=["借呗怎么换卡"],
        headings=["绑好另一张卡"],
        summary="换一张卡还款。",
        body="进入我的，点银行卡，选要解绑的卡，输入支付密码。",
        concepts=["product:jiebei", "task:unbind"],
        kind="procedure",
    ),
}
