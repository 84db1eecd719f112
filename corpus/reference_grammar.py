"""How a clause prints a reference: the patterns that `corpus.references` resolves.

A reference is a head (第8条, 前条, 本条, 附則), a printed caption, a paragraph, an item, a sub-item
and a tail (ただし書), each optional; or 次の各号.
"""

from __future__ import annotations

import re

from corpus.numerals import CIRCLED, NUMERAL_CHARS

_G = r"[ 　\n]*"
NUMBER = rf"[{NUMERAL_CHARS}]+(?:[ 　]?[0-9０-９]+)?"
_ITEMS_HERE = r"(?:次|以下|下記|つぎ)(?:の|に掲げる|に定める)(?P<here>各号|各項|各細目|各細分)"
_HEAD = (
    rf"(?:第{_G}(?P<article>{NUMBER}){_G}条(?P<branch>(?:{_G}の{_G}{NUMBER}(?![つ人者回個件]))*)"
    rf"|(?P<rel_article>前条|次条|本条|同条|前(?P<n_article>{NUMBER})条)|(?P<suppl>(?:本)?附則))"
)
_CAPTION = rf"{_G}[（(](?P<caption>[^（）()]{{1,40}}(?:[（(][^（）()]*[）)][^（）()]*)?)[）)]"
_PARAGRAPH = rf"(?:第{_G}(?P<paragraph>{NUMBER}){_G}項|(?P<rel_paragraph>前項|次項|本項|同項|前各項|各項|前(?P<n_paragraph>{NUMBER})項))"
_ITEM = (
    rf"(?:第{_G}(?P<item>{NUMBER}){_G}号|(?P<rel_item>前各号|前号|次号|本号|同号|各号|前(?P<n_item>{NUMBER})号|前各細目|前各細分)"
    rf"|(?:上記|前記|下記){_G}[（(](?P<bracket>[0-9０-９]+)[）)])"
)
_TAIL = r"(?P<tail>ただし書き?|但書き?|本文|前段|後段|柱書)"
REFERENCE = re.compile(
    rf"(?=[第前次つ以下上本同各附])(?:{_ITEMS_HERE}|(?:{_HEAD}(?:{_CAPTION})?(?:{_G}の(?={_G}[第前各]))?{_G})?"
    rf"(?:{_PARAGRAPH}(?:{_G}の(?={_G}[第各]))?{_G})?(?:{_ITEM}{_G})?(?P<subitem>[{CIRCLED}])?(?:{_TAIL})?)"
)
JOIN = re.compile(
    rf"{_G}(?:(?P<range>から|～|〜|~|-|－|ないし|乃至)|、|,|，|・|および|及び|ならびに|並びに|または|又は|もしくは|若しくは|と|や){_G}(?:、{_G})?"
)
NOT_CAPTION = re.compile(r"以下|いいます|いう。|除[きく]|含[みむ]|限[りる]|注|^[0-9０-９]+$")
EXTERNAL = re.compile(
    rf"(?:(?<![方手用作寸技文話])法|法律|条例|政令|省令|府令|施行令|施行規則|憲法|条約|約款|規程|規約|規定|契約|契約書|条件|細則|告示|ガイドライン)"
    rf"(?:{_G}[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)])?[」』]?{_G}の?{_G}$"
)
OURS = re.compile(
    r"(?:本|この|(?<![不正])当(?!社))[ 　]*[^、。（）()「」\nのにをはがでとる]{0,30}$"
)
LAW_NUMBER = re.compile(rf"(?:法律|政令|省令|府令|規則|告示|条約|令){_G}$")
SAME_LAW = re.compile(rf"同{_G}(?:法|法律|令|規則|条例|約款|規約){_G}の?{_G}$")
