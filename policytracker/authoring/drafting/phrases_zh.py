"""A first set of phrases in Chinese, as ``phrases_en.py`` has those in English."""

from __future__ import annotations

from policytracker.authoring.drafting.phrases import EXPORT, IMPORT, Phrase, phrase

_LICENCE = "(?:出口)?许可(?:证)?"
_BUY = "(?:采购|购买|订购|进口|下单|使用)"
_TOLD = "(?:要求|通知|指示|责令|告知|命令)"

PHRASES: tuple[Phrase, ...] = (
    phrase(1, "prohibited", "(?:禁止|不得)(?:对华|向中国)?(?:出口|进口|销售)", may_come=True),
    phrase(2, "licence-required", "(?:列入|加入|纳入)[^。;]{0,12}实体清单", EXPORT, review="unstated", form="rule"),
    phrase(3, "licence-required", "推定拒绝", EXPORT, True, review="presumption-of-denial"),
    phrase(13, "licence-required", "推定批准", EXPORT, True, review="presumption-of-approval"),
    phrase(12, "licence-required", "逐案(?:审查|审批|审核)|个案(?:审查|审批)", EXPORT, True, review="case-by-case"),
    phrase(4, "licence-required", f"(?:需要|须|必须)(?:获得|取得|申请)?{_LICENCE}", EXPORT, True, review="unstated"),
    phrase(
        5,
        "blocked",
        f"{_TOLD}[^。;]{{0,12}}报关(?:行|代理|企业)[^。;]{{0,40}}(?:不得|不准|不允许|禁止)",
        IMPORT,
        form="instruction",
    ),
    phrase(
        6, "blocked", f"(?:建议|敦促|劝告|呼吁|劝阻)[^。;]{{0,40}}(?:避免|不要|停止){_BUY}", IMPORT, form="guidance"
    ),
    phrase(
        7,
        "blocked",
        f"{_TOLD}[^。;]{{0,40}}(?:停止|取消|不得|不要|终止)(?:{_BUY}|测试|订单)?",
        IMPORT,
        form="instruction",
    ),
    phrase(11, "blocked", f"(?:不允许|不让|不准)[^。;]{{0,20}}{_BUY}", IMPORT),
    phrase(9, "held", f"(?:{_TOLD}|敦促)[^。;]{{0,40}}(?:暂停|暂缓|推迟)", IMPORT, form="instruction"),
    phrase(17, "approved-in-principle", "原则上(?:同意|批准)", IMPORT),
    phrase(14, "review-opened", "(?:启动|展开|开始)[^。;]{0,12}(?:审查|审议|评估)"),
    phrase(
        15,
        "review-opened",
        "(?:询问|摸底|调查)[^。;]{0,30}(?:需求|需要多少)|(?:等待|等候)[^。;]{0,6}(?:后续)?(?:批准|审批)",
        IMPORT,
    ),
    phrase(18, "licence-granted", f"(?:发放|颁发|授予|批准|获得|取得)[^。;]{{0,40}}{_LICENCE}", EXPORT),
    phrase(21, "batch-approved", "(?:有条件|附条件)(?:地)?(?:批准|同意|放行)", IMPORT, conditions={"terms-open": None}),
    phrase(20, "batch-approved", f"(?:批准|允许|放行|同意)[^。;]{{0,40}}(?:{_BUY}|首批)", IMPORT),
    phrase(22, "cleared", f"(?:无需|不需要|不再需要)[^。;]{{0,8}}{_LICENCE}", EXPORT, True),
    phrase(25, "condition-imposed", "(?:征收|加征)[^。;]{0,12}%[^。;]{0,6}(?:关税|税)", may_come=True),
    phrase(36, "lifted", "(?:移出|移除)[^。;]{0,12}实体清单|(?:解除|取消|撤销)[^。;]{0,16}(?:禁令|限制|措施)"),
    phrase(41, "shipped", "(?:尚无|没有|未有|尚未|并未)[^。;]{0,24}(?:交付|发货|出货|到货|售出|运抵)", quantity="none"),
    phrase(43, "shipped", "(?:已|共|累计)(?:经)?(?:交付|发货|出货|售出|运抵)", quantity="told"),
    phrase(20, "batch-approved", f"获(?:准|批准|批){_BUY}", IMPORT),
    phrase(42, "orders-reported", "(?:尚未|未|没有)(?:收到|下达)[^。;]{0,20}订单", quantity="none"),
    phrase(42, "orders-reported", "(?:已|共|累计)?(?:订购|下单|下达订单)", quantity="told"),
)
DEVELOPMENTS: tuple[Phrase, ...] = (
    phrase(44, "development-reported", "(?:暂停|停止|恢复)[^。;]{0,16}(?:生产|量产)", kind="supply"),
    phrase(
        47, "development-reported", "(?:正在|正)?(?:考虑|权衡|酝酿|研究)(?:是否|对|限制|允许)?", kind="deliberation"
    ),
    phrase(50, "development-reported", "约谈(?:英伟达|超威)|(?:起诉|逮捕)[^。;]{0,30}走私", kind="enforcement"),
)
