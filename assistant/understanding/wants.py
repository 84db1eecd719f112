"""Which rules a question wants computed: everyday words for each rule, and what outranks what.

A row fires when its topic words stand in the text, the text asks for the kind of thing the rule
gives (a sum, a date, a decision), and no veto word stands there. `OUTRANKS` then drops a rule
that a more telling one speaks for (返却の遅れ over 支払いの遅れ).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assistant.understanding.kind import Ask

_MONEY: tuple[Ask, ...] = ("amount",)
_DAY: tuple[Ask, ...] = ("date", "how", "whether")
_ANY: tuple[Ask, ...] = ("amount", "date", "period", "who", "where", "how", "whether", "which")


@dataclass(frozen=True, slots=True)
class Want:
    """A rule's trigger: every topic must match, no veto may, one of the asks (if any) must be made."""

    rule: str
    topics: tuple[str, ...]
    asks: tuple[Ask, ...] = _MONEY
    veto: str = ""


CANCEL = r"(?:解約|かいやく|解除|退会|やめ(?:たい|る|よう|ます|て|た|られ)|辞め(?:たい|る|よう)|止め(?:たい|る|よう)|契約(?:を|の)?(?:終了|終わ|切)|終了(?:さ|し|希望|日)|打ち切|撤退|終え(?:る|た|よう|ま)|利用(?:の|を)?(?:終了|終わ)|終わ(?:らせ|りに|る)|終える|手を引)"
_NOTICE = r"(?:通知|連絡|申し?(?:出|入れ)|届(?:出|け)|申請|書面|手続|言(?:え|う|っ|わ)|伝え|締め?切|〆切?|期限|デッドライン|リミット|いつまで|何日まで|何日前|までに(?:出|し)|お知らせ|申し?込)"
_WHEN = r"(?:いつまで|何日まで|何日に|期限|締め?切|〆切?|デッドライン|リミット|いつ|期日|最終日|何月何日|間に合)"
_EARLY = r"(?:最短|最速|(?:いちばん|一番|もっとも|最も)早|早くて|最も近い|最も早い|(?:いつ|何日|何月何日)(?:から|に|が|で)?(?:[^、。]{0,8})?(?:解約|やめ|辞め|終了|終わ|解除|退会|なり|できる|可能))"
#: a プラン, コース, 品目, ランク or グレード that is 落とす is no thing that is dropped
_BROKEN = r"(?:壊|破損|毀損|紛失|なくし|無くし|失くし|滅失|盗|水没|水濡|濡ら|焦|(?<!(?:ラン|ース|品目|ンク|ード)[をに])落と|落下|故障|落雷|雷|火災|燃|(?<!日)割(?:れ|っ)|こぼ|ぶつけ|踏|傷|浸水|冠水|台無し|動か(?:な|ず)|劣化|自然故障)"

#: the charge of one month that the contract began or ended in
_MONTHS_SHARE = r"(?:(?<!\d)(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月|初月|最終月|最後の月|解約月|開始月|その月|当月|今月|来月|先月)の?(?:分(?!割)|料金|ご?請求|利用料|レンタル料)"
#: the company, or the service itself, comes to an end; six months before is the company's notice
_COMPANY_ENDS = (
    r"(?:オプテージ|御社|貴社|そちら|運営(?:会社|元)?|提供元|事業者)(?:さん)?(?:が|は|側?の(?:都合|事情|判断)で)[^。?]{0,40}(?:終了|終わ|終え|やめ|廃止|打ち切|閉じ|撤退)(?!したい|りたい|たい)"
    r"|(?:Gateway|ゲートウェイ|SG|VPN|MSP|パック|マネセキ|レンタル型?)が[^。?]{0,20}(?:終わ(?:る|り)|終了|なくな|廃止)(?!したい|よう|するよう|できるよう)"
    r"|(?:終了|終わ|やめ|廃止)[^。?]{0,16}(?:6|六|半)[かカヶケ箇]?(?:月|年)前|(?:6|六)[かカヶケ箇]月前[^。?]{0,12}(?:通知|知らせ|告知)"
)

_ENDING = re.compile(CANCEL)

WANTS: tuple[Want, ...] = (
    Want("late_charge", (r"遅延損害金|遅延利息|延滞利息|延滞金|延滞料|遅延金|遅滞|(?:滞納|延滞|支払(?:い|う)?(?:が|の)?遅|払(?:い|う)?(?:の|のが|が)?遅|入金が?遅|遅れ(?:て|た|の)?[^。]{0,12}(?:払|入金|利息|利子|(?:払|入金|支払|期限|期日)[^?]{0,60}(?:ペナルティ|上乗せ|余分)|追加|上乗せ))|損害金|利息|利子|(?:払|入金|支払|期限|期日)[^?]{0,60}(?:ペナルティ|上乗せ|余分)|期(?:限|日)[^。]{0,30}(?:払|入金)[^。]{0,40}(?:追加|上乗せ|余計|プラス)",), _MONEY, r"返却(?:期限|が|の)|返還(?:期限|が|の)|返す|利息(?:以外|は除)"),
    Want("evasion_surcharge", (r"割増金|割り増し|割増|(?:不正|不法|違法)に[^。]{0,8}(?:免れ|逃れ)|免れ|ごまかし|脱法|3倍",), _MONEY),
    Want("min_term_end", (r"最低(?:利用|契約)期間(?!内|中|の残|分)|最低期間|縛り|しばり|契約期間|満了日|満期日?|何月何日まで契約|契約(?:は|が)いつまで",), ("date",), r"更新せず|更新しない|自動更新|申し?出|通知|サポート|選べ|差額|解約(?:料|する|した|し)|途中で|満了で(?:終|や)"),
    Want("early_termination_charge", (rf"いやくきん|かいやくきん|{CANCEL}[^?]{{0,60}}ペナルティ|残りの?分|残った分|解約[^?]{{0,80}}(?:残額|残金)|違約金|解約金|解約料|解約(?:手数|費用|損害)|(?:中途|途中)(?:解約|解除|で(?:の)?(?:解約|やめ|終))|残余(?:の)?(?:期間|料金|分)|残(?:り|存)の?(?:期間|レンタル|月数|料金|\d+[かヶカ]月)|残り(?:の)?(?:いくら|何円|期間)|精算(?:金|額)|(?:最低(?:利用|契約)期間|縛り|契約期間)[^。]{{0,20}}(?:残|途中|前|未満|満た|終わ)|{CANCEL}[^。?]{{0,40}}(?:いくら|何円|費用|請求|一括|払(?:う|い|え)|支払|金額|かかる|かかり|必要な(?:お金|金額))",), _MONEY, r"(?:開始|利用開始|提供開始|届く|納品|レンタル開始)(?:日)?(?:の)?(?:前|より前)[^。]{0,16}(?:キャンセル|解約|取り?消)|キャンセル料"),
    Want("downgrade_difference", (r"ダウングレード|グレードダウン|差額|格下げ|引き下げ|(?:プラン|コース|品目|料金|月額|構成|契約内容|機種|装置|帯域|オプション|メニュー|グレード)[^。]{0,20}(?:変更|下げ|(?<!引き)落と|変え|切り?替|減ら|移)|下位(?:プラン|コース|品目)|(?:機種|機器|装置)[^。]{0,8}(?:替え|換え)|安い(?:プラン|コース|品目|方|ほう|の)|\d円?(?:\([^)]*\))?(?:から|→|⇒)[^。]{0,14}(?:に|へ)?(?:変更|下げ|ダウン|切)",), _MONEY),
    Want("fee_proration", (r"日割り?|日数分|月の途中|(?:月|料金)の?端数",), _MONEY, r"(?:初回|第1回|1回目|最初の?)の?ご?請求|初期(?:導入)?費用|減額|使えな|使用不能|障害|復旧|返却|違約|解約金|残余|遅延|差額|残りの?期間"),
    Want("fee_proration", (_MONTHS_SHARE, r"開始|始め|スタート|使い始|導入|契約し|解約|終了|やめ|解除|退会"), _MONEY, r"違約|解約金|解約料|損害|遅延|遅れ|返却|返還|減額|割増|免れ|滞納|延滞|期日|期限|残り?の?(?:期間|余)|使えな|障害|復旧|停止|差額|変更"),
    Want("first_invoice", (r"(?:初回|第1回|第一回|1回目|一回目|初月|はじめて?|最初)(?:目)?(?:に届く|に来る|にくる|に|の)?(?:ご?請求|お?支払い?|引き?落とし|レンタル料|月)|(?:初回|初月)は?(?:全部で|合計|総額)?(?:で|、)?(?:いくら|おいくら|何円)|初期(?:導入)?費用[^。]{0,60}(?:請求|合計|いくら|総額|合わせ)|(?:請求|合計|支払)[^。]{0,30}初期(?:導入)?費用",), _MONEY),
    Want("suspension_fee", (r"停止|休止|中断|止め(?:られ|て)|ストップ", r"料金|利用料|費用|請求|月額|払"), _MONEY, r"遅延|利息|損害金|違約|減額|復旧"),
    Want("pre_start_cancellation_charge", (r"キャンセル料|申し?込[^?]{0,60}(?:取りやめ|キャンセル|撤回|取り?消|辞退)|開始(?:日)?[^。]{0,20}前[^。]{0,24}(?:取りやめ|キャンセル|撤回|取り?消|解約|辞退)|(?:開始|利用開始|提供開始|納品|届く|使い始める|使う)(?:日)?(?:の|より|する)?(?:前|まで)[^。]{0,24}(?:キャンセル|解約|取り?消|取りやめ|撤回|やめ)|(?:申し?込み?)[^。]{0,24}(?:キャンセル|取り?消|撤回|取りやめ)|キャンセル",), _MONEY),
    Want("cause_termination_payment", (r"(?:解除|契約を切|強制(?:的に)?(?:解約|解除))(?:さ|ら)れ|(?:御社|貴社|当社|そちら|オプテージ)[^。]{0,12}(?:から|が|により|側から)[^。]{0,8}(?:解除|契約を切)|回収(?:費用?|に(?:要|かか)|代)|引き?揚げ(?:費用?|代)|18条[^。]{0,8}解除|強制解約",), _MONEY),
    Want("acceleration", (r"期限の利益|解除(?:さ|に|と|日|後|した)", r"未払|残債|期限の利益|残りの?(?:債務|支払|請求)|請求|分割|債務|一括|円(?:の支払い)?(?:は|を)いつ", r"いつ|期限|何日|まで|払"), ("amount", "date", "how"), r"違約金|残余|解約金|希望|回収"),
    Want("cancellation_notice_deadline", (CANCEL, rf"{_NOTICE}[^。]{{0,30}}{_WHEN}|{_WHEN}[^。]{{0,24}}{_NOTICE}|いつまで|何日まで|どの日まで|何時まで|締め?切|〆切?|デッドライン|リミット|(?<!支払)(?<!支払い)(?<!返却)(?<!返還)(?<!入金)(?<!納付)期限|(?<!支払)(?<!返却)期日|間に合|いつ[^。]{0,6}(?:通知|連絡|言|届|申)"), ("date", "whether", "period"), r"更新せず|更新しない|自動更新(?:を|させ|しな|され(?:ない|たくな))|満了で|満期で|期間満了|(?:満了|満期)(?:時の?|による)?(?:解約|終了|解除)|解除され(?:まし|た(?!い|く)|てい)"),
    Want("expiry_notice_deadline", (r"(?:満了|満期)(?:での|時の?|による)?(?:解約|終了|解除)|更新(?:せ|は(?:せ|しな)|しな|させ|を(?:止|し(?:な|たくな)|希望し|望)|され(?:ない|たくな|ませ|ず)|したくな|不要|なし)|自動更新(?:を|し(?:な|たくな)|は|させ|され)|(?:満了|満期|期間満了|契約満了)(?:で|時|と(?:同時|とも)|をもって|日で|のタイミング|まで|を迎え)|延長(?:せ|を希望し(?:な|ま)|しな|したくな|を?し(?:な|たくな)|は(?:せ|しな|希望し))|継続(?:せ|しな)|(?:3|1|三|一)年(?:で|きっかりで|ちょうどで)(?:終|や|契約を終)|期間(?:いっぱい|満了)で", r"いつ|期限|締め?切|〆|までに|申し?出|通知|連絡|届|何日|間に合|リミット|デッドライン"), ("date", "whether", "how", "period")),
    Want("change_notice_deadline", (r"(?:プラン|契約内容|内容|品目|オプション|機種|帯域|台数|構成|コース|設置場所|保守|監視|サービス内容|装置|種類|レンタル物件|契約|月額|料金)[^。]{0,16}(?:変更|切り?替|変え|下げ|増や|減ら|追加|移)|変更|ダウングレード|アップグレード|切り?替", r"いつまで|何日まで|締め?切|〆切?|期限|申し?(?:出|込)|通知|届|連絡|手続|デッドライン|リミット|間に合"), ("date", "whether", "period"), r"解約希望|支払(?:期限|期日)|遅延|返却期限|規約(?:の|が)変更"),
    Want("earliest_end_from_notice", (CANCEL, _EARLY), ("date", "whether", "which"), r"解約希望日|いつまでに(?:通知|連絡|申|言|出|届|手続)|満了|更新し"),
    Want("renewal_schedule", (r"更新|延長|延び",  r"更新日|更新(?:の|後の|される)?(?:満了|終了|期間|区切り|節目|予定|スケジュール|日程|各)|\d+回(?:目|分|まで|先)?|[一二三四五六七八九十]回|(?:いつ|何日)(?:に|で)?(?:[^。]{0,8})更新|延長\d回|更新[^。]{0,20}(?:いつ|一覧|並べ|何日|リスト|教え)"), (), r"更新せず|更新しな|したくな|申し?出|通知"),
    Want("support_end_check", (r"サポート|保守|EOS|EOL|EoS|EoL|保守(?:の)?終了|販売終了", r"終了|切れ|満了|期限|終わ|打ち切|まで|EO[SL]|Eo[SL]"), ("date", "which", "whether", "period", "amount", "how"), r"更新[^。]{0,10}\d+回"),
    Want("earliest_start_date", (r"承諾|承認|受諾|了承", rf"{_EARLY}|開始(?:日|希望)|使える|利用できる|いつから|始め(?:られ|る)|開通|スタート"), ("date", "whether", "which")),
    Want("delivery_deadline", (r"引き?渡|納品|納入|納期|届(?:く|け(?!出)|か|き)|届けて|到着|搬入|設置|持ってきて", r"いつまで|期限|何日|締め?切|いつ(?:届|に|頃|ごろ|引|納|です)|納期|遅くとも|リミット"), ("date",), r"欠陥[^。①②]{0,40}$|返却期限"),
    Want("defect_notice_deadline", (r"欠陥|不備|不具合|不良|不調|おかし|動(?:か(?:な|ず)|きませ)|初期不良|検収|性能|故障|調子|瑕疵|正常に(?:動|作動)|起動し(?:な|ま)|入らな|つかな|点かな|エラー|異常|トラブル|ランプ|通電し|問題(?:が|を)(?:見つ|あ)|壊れて", r"いつまで|何日まで|期限|締め?切|〆切?|通知|連絡|申し?出|申告|リミット|デッドライン"), ("date", "whether", "period"), r"損害|復旧"),
    Want("late_return_charge", (r"返却|返還|返す|返し|返送|返(?:って|ら|せ)|送り返", r"遅|過ぎ|延滞|超過|忘れ|損害金|ペナルティ|(?:期限|期日|約束|まで|締め?切)"), _MONEY, r"回収費用|修理(?:代|費)"),
    Want("equipment_loss_charge", (rf"{_BROKEN}|弁償|滅失|毀損|再設置", r"弁償|賠償|修理(?:代|費)|代替|新品|再設置|手数料|請求額?|いくら|費用|負担|払|支払"), _MONEY, r"全面的に使えな|復旧|遅延損害金は?いくら|訴|裁判|返却が遅れた"),
    Want("insurance_offset", (r"保険",), _MONEY),
    Want("outage_reduction", (r"使え(?:な|ず|ませ)|使用(?:不能|でき)|利用(?:でき|不能)|不通|障害|止ま(?:っ|り)|停止|ダウン|落ち(?:て|た|まし)|復旧|直(?:りま|った)|つながら|繋がら|動(?:か(?:な|ず)|きませ)|故障", r"減額|減(?:る|り|ら)|返金|値引|まけ|割り?引|差し?引|日割|返して|戻(?:って|り|し|る)|いくら引|引(?:い|か|き)|安く|補償|何日分|控除"), ("amount",)),
    Want("liability_cap", (r"賠償|損害|補償|被害", r"上限|限度|いくらまで|最大|いくら|減額|金額|何円|額|もらえ|補償|賠償|請求でき"), _MONEY, r"遅延損害金|損害賠償金(?:の|を)保険|保険金|違約金|回収費用|弁償|返却|返還|割増|修理(?:代|費)|再設置|訴|裁判所|滞納|延滞"),
    Want("claim_deadline", (r"損害|賠償|被害|減額", r"(?:申し?(?:出|入れ)|請求|申請|届|通知|連絡|言|申し立て|クレーム)[^。]{0,24}(?:いつ|期限|締め?切|〆切?|何日|まで|リミット)|(?:いつまで|期限|締め?切|何日まで|リミット)[^。]{0,20}(?:申し?出|請求|申請|届|通知|連絡|言)|(?:申し?(?:出|入れ)|申請|届け?出)[^?]{0,24}間に合|いつまで|期限|減額(?:されるの)?は?(?:何月|いつ)"), ("date", "period", "whether"), r"遅延損害金|支払(?:期限|期日)|返却期限|欠陥"),
    Want("service_end_notice", (r"サービス(?:自体|そのもの)?(?:の|を|が)?(?:提供)?(?:を|の|が)?(?:終了|廃止|終わ|やめ|打ち切|閉じ|クローズ|停止)|サ終|提供(?:を|の)?(?:終了|廃止)|(?:SG|VPN|MSP|本サービス)[^。]{0,10}(?:廃止|終了(?:する|します|予定|告知|通知))|廃止|撤退|(?<!契約)(?<!利用)(?<!契約の)終了(?:の)?(?:通知|告知|案内|予告)|終了[^?]{0,60}(?:ホームページ|Web|WEB|HP|サイト|掲載)|(?:サービス|提供)[^。]{0,24}(?:終え|終わ|終了|廃止|やめ|閉じ)|" + _COMPANY_ENDS, r"通知|知らせ|知らさ|告知|掲載|予告|公表|案内|周知|連絡|アナウンス"), ("date", "whether", "how", "period"), r"解約希望|解約した|やめたい"),
    Want("jurisdiction", (r"裁判|訴訟|訴え|管轄|提訴|訴額|法廷",), ("where", "which", "whether", "how")),
    Want("inquiry_answerable", (r"問い?合わ?せ|照会|質問|聞い(?:て|た)|調べて|調査", r"回答|答え|対応|応じ|教えて(?:もら|くれ)|調べて(?:もら|くれ)"), ("whether", "how")),
    Want("terms_version", (r"(?:どの|いつの|何の)(?:版|規約|バージョン)|適用される(?:版|規約)|規約の版|改定前|バージョン",), ("which", "whether", "date")),
)  # fmt: skip

#: rule -> rules that it speaks for
OUTRANKS: Mapping[str, tuple[str, ...]] = {
    "min_term_end": ("cancellation_notice_deadline",),
    "cancellation_notice_deadline": ("earliest_end_from_notice",),
    "late_return_charge": ("late_charge", "liability_cap", "fee_proration", "equipment_loss_charge"),
    "evasion_surcharge": ("late_charge", "liability_cap", "early_termination_charge"),
    "expiry_notice_deadline": ("cancellation_notice_deadline", "renewal_schedule", "min_term_end", "change_notice_deadline", "earliest_end_from_notice"),
    "cause_termination_payment": ("early_termination_charge", "liability_cap", "acceleration"),
    "pre_start_cancellation_charge": ("early_termination_charge",),
    "acceleration": ("early_termination_charge", "cancellation_notice_deadline", "late_charge"),
    "outage_reduction": ("liability_cap", "fee_proration", "equipment_loss_charge", "suspension_fee"),
    "support_end_check": ("min_term_end", "renewal_schedule", "expiry_notice_deadline", "service_end_notice"),
    "service_end_notice": ("cancellation_notice_deadline", "earliest_end_from_notice", "early_termination_charge", "change_notice_deadline", "claim_deadline"),
    "first_invoice": ("fee_proration",),
    "jurisdiction": ("liability_cap", "claim_deadline", "equipment_loss_charge", "late_charge"),
    "late_charge": ("liability_cap", "cancellation_notice_deadline", "claim_deadline", "suspension_fee"),
    "equipment_loss_charge": ("liability_cap",),
    "insurance_offset": ("liability_cap",),
    "defect_notice_deadline": ("claim_deadline", "equipment_loss_charge"),
    "early_termination_charge": ("downgrade_difference", "min_term_end", "suspension_fee"),
    "renewal_schedule": ("min_term_end",),
}  # fmt: skip

#: a rule named so plainly that no other rule speaks for it
PLAIN: Mapping[str, str] = {
    "min_term_end": r"(?:最低(?:利用|契約)期間|契約期間|縛り|契約)(?:の|は|が)?[^。、?]{0,8}(?:いつまで|満了日(?!で|に|が\s*\d|\s*[(]?\d)|満期日|末日|最終日|いつ(?:終わ|切れ|満了)|終わり(?:の日)?は|終了日)|契約[^。①②]{0,40}の満了日(?!で|に)|(?<!期間)(?<!更新の)(?<!更新後の)満了日(?:は(?!\s*\d)|を|も|がいつ)",
    "early_termination_charge": r"違約金|解約金|解約料|残余(?:の)?(?:期間|料金)|中途解約(?:の)?(?:金|支払|精算|費用)",
    "cancellation_notice_deadline": r"(?<!満了)(?<!満期)(?<!満了での)(?<!満了時)(?<!満了時の)(?<!満了による)(?:解約|解除|やめ)[^。]{0,24}(?:通知|申し?出|届出?|連絡|書面)[^。]{0,16}(?:期限|締め?切|いつまで|何日まで|期日|〆)",
    "expiry_notice_deadline": r"(?:更新しな|更新せず|満了で|満期で|期間満了)[^。]{0,30}(?:期限|いつまで|締め?切|申し?出)",
    "change_notice_deadline": r"(?:変更|切り?替え?|ダウングレード)[^。]{0,16}(?:届け?出?|申し?(?:出|込み?)|通知|連絡|手続き?|書面)[^。]{0,14}(?:期限|いつ|締め?切|何日まで|期日|〆)",
    "downgrade_difference": r"差額",
    "late_charge": r"延滞利息|遅延利息|(?:料金|請求|支払い?|代金)(?:の|に対する|にかかる)遅延損害金",
    "fee_proration": r"日割り?(?:の|した|で)?(?:料金|額|計算|いくら|レンタル料|金額)",
    "first_invoice": r"(?:初回|第1回|第一回|1回目|最初)(?:の)?(?:ご?請求|お?支払)",
    "renewal_schedule": r"更新[^。]{0,12}\d回|\d回(?:目|分)?(?:の|まで)?更新|更新日",
    "claim_deadline": r"(?:申し?出|(?:賠償|減額|補償)の?(?:請求|申請))[^。]{0,12}(?:期限|いつまで|締め?切|期日)",
    "liability_cap": r"賠償(?:額|金|の上限|されるの|してもらえる)[^。]{0,8}(?:いくら|上限|は|を)|減額されるのは|賠償[^。]{0,10}いくら",
    "equipment_loss_charge": r"弁償(?:額|金|代)|(?:機器|装置)の?賠償|賠償額",
    "insurance_offset": r"保険(?:金)?を?(?:差し?引|引|充て|控除|除)",
    "late_return_charge": r"返(?:却|還)(?:の)?(?:遅延|遅れ)|返却が遅",
    "earliest_end_from_notice": r"(?:最短|最速|(?:いちばん|一番|最も)早い?)[^。]{0,8}(?:解約|解除|終了)|(?:解約|解除)[^。]{0,10}(?:最短|最も早|いちばん早|一番早)",
    "earliest_start_date": r"最短[^。]{0,10}(?:開始|利用)|(?:開始|利用)[^。]{0,10}(?:最短|いちばん早|一番早)",
    "support_end_check": r"選べる(?:契約)?(?:期間|年数)|サポート終了",
    "outage_reduction": r"減額|返金",
    "service_end_notice": r"サービス(?:の)?(?:終了|廃止)[^。]{0,14}通知",
    "suspension_fee": r"停止[^。]{0,40}中の(?:料金|利用料)",
    "delivery_deadline": r"(?:引き?渡し?|納品|納入)(?:の)?(?:期限|期日|締め?切)",
    "evasion_surcharge": r"割増金",
}  # fmt: skip
#: rules whose outcome another one contains, however plainly they are named
_CONTAINED = frozenset({("cause_termination_payment", "early_termination_charge")})


def wanted(text: str, asks: tuple[Ask, ...]) -> tuple[str, ...]:
    """Rules whose trigger fires, before it is known whether the inputs are there.

    >>> wanted("遅延損害金はいくらですか", ("amount",))
    ('late_charge',)
    """
    fired = tuple(
        want.rule
        for want, topics, veto in _compiled()
        if (not want.asks or set(want.asks) & set(asks))
        and all(topic.search(text) for topic in topics)
        and (not (veto and veto.search(text)) or plainly(want.rule, text))
    )
    if "amount" in asks and _ENDING.search(text) and not any(map(gives_sum, fired)):
        fired = (*fired, "early_termination_charge")
    fired = tuple(dict.fromkeys(fired))
    if (
        re.search(_MONTHS_SHARE, text)
        and "fee_proration" in fired
        and not plainly("early_termination_charge", text)
    ):
        fired = tuple(rule for rule in fired if rule != "early_termination_charge")
    changing = "downgrade_difference" in fired and not _ENDING.search(text)
    return tuple(rule for rule in fired if not (changing and rule == "early_termination_charge"))


def gives_sum(rule: str) -> bool:
    """Whether a rule gives a sum of money (else a day or a decision)."""
    return any(want.rule == rule for want in WANTS if want.asks == _MONEY)


def plainly(rule: str, text: str) -> bool:
    """Whether `text` names what `rule` gives in so many words."""
    pattern = _plain_patterns().get(rule)
    return bool(pattern and pattern.search(text))


def without_outranked(rules: tuple[str, ...], text: str) -> tuple[str, ...]:
    """`rules` without those that another one of them speaks for, unless plainly named."""
    dropped = {
        other
        for rule in rules
        for other in OUTRANKS.get(rule, ())
        if (rule, other) in _CONTAINED or not plainly(other, text)
    }
    return tuple(rule for rule in rules if rule not in dropped)


@cache
def _plain_patterns() -> Mapping[str, re.Pattern[str]]:
    return {rule: re.compile(pattern) for rule, pattern in PLAIN.items()}


@cache
def _compiled() -> tuple[tuple[Want, tuple[re.Pattern[str], ...], re.Pattern[str] | None], ...]:
    return tuple(
        (want, tuple(map(re.compile, want.topics)), re.compile(want.veto) if want.veto else None)
        for want in WANTS
    )
