"""The language of a text: guessed from its script and small words."""

import pytest

from consult.core.language_guess import SURE, guess_language

TEXTS = {
    "en": "An annual review by senior management is not possible for a cooperative of eleven small foundries that meets every second spring.",
    "fr": "Dix pour cent de quel total : avant ou après la part du recyclage ? Notre client obtient 8 ou 14 % selon la lecture de l’article.",
    "zh": "公开摘要是必要的，但两页不够说明外购电力的来源。建议要求附上一张电力来源表，不计入页数。",
    "zh-Hant": "公開摘要是必要的，但兩頁不夠說明外購電力的來源。建議要求附上一張電力來源表，不計入頁數。",
    "es": "El plazo de un año es demasiado corto para las plantas que dependen de la red pública y no pueden cambiar de proveedor.",
    "pt": "O prazo de um ano é muito curto para as fábricas que dependem da rede pública e não podem mudar de fornecedor.",
    "de": "Die Frist von einem Jahr ist für Werke, die vom öffentlichen Netz abhängen, zu kurz, und sie kann nicht verlängert werden.",
    "it": "Il termine di un anno è troppo breve per gli impianti che dipendono dalla rete pubblica e non possono cambiare fornitore.",
    "nl": "De termijn van een jaar is te kort voor fabrieken die van het openbare net afhankelijk zijn en niet kunnen wisselen.",
    "ru": "Срок в один год слишком короткий для заводов, которые зависят от общей сети и не могут сменить поставщика.",
    "uk": "Термін в один рік занадто короткий для заводів, які залежать від загальної мережі і не можуть змінити постачальника.",
    "ar": "مهلة السنة الواحدة قصيرة جداً بالنسبة للمصانع التي تعتمد على الشبكة العامة ولا تستطيع تغيير المورد.",
    "fa": "مهلت یک ساله برای کارخانه‌هایی که به شبکه عمومی وابسته‌اند و نمی‌توانند تأمین‌کننده را تغییر دهند بسیار کوتاه است، چون گاز هم پیدا نیست.",
    "ja": "公共の電力網に依存し、供給者を変更できない工場にとって、一年の期限は短すぎます。",
    "ko": "공공 전력망에 의존하고 공급자를 바꿀 수 없는 공장에 일 년의 기한은 너무 짧습니다.",
    "hi": "एक वर्ष की अवधि उन कारखानों के लिए बहुत कम है जो सार्वजनिक ग्रिड पर निर्भर हैं।",
    "el": "Η προθεσμία ενός έτους είναι πολύ σύντομη για τα εργοστάσια.",
    "id": "Jangka waktu satu tahun terlalu singkat untuk pabrik yang bergantung pada jaringan umum dan tidak dapat mengganti pemasok.",
    "vi": "Thời hạn một năm là quá ngắn đối với các nhà máy phụ thuộc vào lưới điện công cộng và không thể thay đổi nhà cung cấp.",
    "pl": "Termin jednego roku jest zbyt krótki dla zakładów, które są zależne od sieci publicznej i nie mogą zmienić dostawcy.",
    "tr": "Kamu şebekesine bağlı olan ve tedarikçi değiştiremeyen tesisler için bir yıllık süre çok kısa ve bu değiştirilmelidir.",
}  # fmt: skip


@pytest.mark.parametrize("page", ["en", "fr", "zh"])
@pytest.mark.parametrize("tag", TEXTS)
def test_a_sentence_tells_its_language_whatever_the_page(tag, page):
    guess = guess_language(TEXTS[tag], page)
    assert (guess.tag, guess.sureness >= SURE / 2) == (tag, True)


@pytest.mark.parametrize("text", ["", "  \n", "5.2 (b)", "1 234,5 %", "🙂", "ISO 14064", "\u200e"])
@pytest.mark.parametrize("page", ["en", "fr", "zh"])
def test_what_does_not_tell_is_in_the_language_of_the_page(text, page):
    guess = guess_language(text, page)
    assert (guess.tag, guess.sureness) == (page, 0.0)


@pytest.mark.parametrize(
    ("text", "page", "tag"),
    [
        ("Two years, walked without a script.", "en", "en"), ("A smelter needs a year.", "en", "en"), ("Un an suffit.", "fr", "fr"),
        ("Not possible.", "fr", "fr"), ("Not possible.", "zh", "en"), ("Ce n’est pas possible.", "en", "fr"), ("可以。", "en", "zh"),
    ],
)  # fmt: skip
def test_a_few_words_go_with_the_page_unless_they_are_clearly_of_another(text, page, tag):
    assert guess_language(text, page).tag == tag


def test_a_chinese_sentence_with_latin_names_is_chinese():
    assert guess_language("建议参照ISO 14064-1和GHG Protocol的要求修改本条。", "en").tag == "zh"


def test_an_english_sentence_with_a_chinese_name_is_english():
    assert guess_language("The figures of 青河流域观察 for the river should be part of the table, and they are public.", "zh").tag == "en"


def test_neighbours_go_with_the_page_where_words_are_shared():
    shared = "Det er en frist for alle, og den er for kort."
    assert {page: guess_language(shared, page).tag for page in ("da", "no")} == {"da": "da", "no": "no"}


def test_languages_that_share_a_word_go_with_the_page():
    assert {page: guess_language("la " * 20_000, page).tag for page in ("fr", "es", "it")} == {"fr": "fr", "es": "es", "it": "it"}
