"""The words that made-up guides are made of: everyday ones, thousands of others, invented names."""

import random
from functools import cache

from guides.search import terms

# The commonest words of such guides, the commonest first.
COMMON = """
支付宝 页面 打开 点击 账户 还款 银行卡 可以 需要 系统 申请 额度 服务 用户 选择 确认 输入 金额
平台 提交 信息 资金 客户 审核 查询 身份证 手机号 时间 进入 显示 设置 管理 材料 联系 客服 合同
账单 记录 提示 余额 登录 密码 短信 验证码 风险 贷款 利息 逾期 征信 授信 扣款 到期 工作日 公司
经营 店铺 商家 收款 付款 发票 订单 流水 结清 提前 分期 手续费 绑定 更换 核对 通知 原因 处理
结果 失败 成功 按钮 首页 菜单 实名 认证 法人 财务 对账 出纳 会计 主管 复核 权限 操作 步骤
说明 下载 上传 截图 保存 备份 邮件 电话 银行 网点 柜台
"""
# Any two of these letters are a word where the segmenter's dictionary knows them as one.
LETTERS = """
安案办包保报本比变标表别部财参产场成城程持出处传创存达带代单当道得地点电店调定动度对发法反方费分
服付复改干高告格个工公功供共构购关管广规国过海行好合核后户化回会活机基及级集计记技加家价间见建交
教接结解介界金进经净境局具决开看可客口快来类理力利联量料流录率论贸面民名明目内能年农配品平期企起
器前强情区权全确群人任日容入商上设社申身审生声时实使市事适收手首受数税说司送损所特提体天条通同统
图团退外完网为维委位文问物务息系限现线相向项销小效新信行形性需续学业一因银应营用优由有元员原源约
月运在增展站张账征证政支值职制质中种重周主专转装资自总组作
"""
SYLLABLES = (
    "ba bo da do fe ga ji ka ko la le lu ma mi mo na ne no pa po ra ri ro sa se ta ti to va vi"
)
RARE_NAMES = 40_000


@cache
def by_frequency() -> tuple[str, ...]:
    """All words, the commonest first: the everyday ones, then the others as chance has it."""
    letters = "".join(LETTERS.split())
    pairs = [one + other for one in letters for other in letters]
    known = set(pairs).intersection(terms(" ".join(pairs))) - set(COMMON.split())
    others = sorted(known)
    random.Random("words").shuffle(others)  # noqa: S311 - the same for ever, not secret
    return (*COMMON.split(), *others)


def rare_name(number: int) -> str:
    """An invented name for each number: lumora, batiko."""
    syllables = SYLLABLES.split()
    name = ""
    for _place in range(4):
        number, syllable = divmod(number, len(syllables))
        name += syllables[syllable]
    return name
