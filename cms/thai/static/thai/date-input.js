/* Says in words, below a date input, which day was typed. The server alone decides what is right. */
(() => {
    const FIRST_BUDDHIST_YEAR = 2400;
    const BUDDHIST_ERA_OFFSET = 543;
    const THAI_ZERO = "๐".charCodeAt(0);

    const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - THAI_ZERO);

    /** The date that `text` means (see cms/thai/typed_dates.py) in the browser's zone, or null. */
    function read(text) {
        const [, head, hour, minute] =
            /^(.*?)(?:(?:T|\s*,?\s+)(\d{1,2})[:.](\d{2})(?::\d{2})?(?:\s*น\.?)?)?$/.exec(text) || [];
        const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(head);
        const dayFirst = /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})$/.exec(head);
        if (!iso && !dayFirst) return null;
        const [day, month, typed] = (iso ? [iso[3], iso[2], iso[1]] : dayFirst.slice(1)).map(Number);
        if (iso && typed >= FIRST_BUDDHIST_YEAR) return null;
        const year = typed >= FIRST_BUDDHIST_YEAR ? typed - BUDDHIST_ERA_OFFSET : typed;
        const date = new Date(year, month - 1, day, hour || 0, minute || 0);
        const exists = date.getMonth() === month - 1 && date.getDate() === day;
        return exists ? { date, hasTime: hour !== undefined } : null;
    }

    class OfficeDateController extends window.StimulusModule.Controller {
        static targets = ["input", "echo"];

        static values = { hint: String };

        connect() {
            this.echo();
        }

        echo() {
            const found = read(arabic(this.inputTarget.value.trim()));
            this.echoTarget.textContent = found ? this.inWords(found) : this.hintValue;
        }

        inWords({ date, hasTime }) {
            const locale = document.documentElement.lang.startsWith("th") ? "th-TH-u-ca-buddhist" : "en-GB";
            const words = new Intl.DateTimeFormat(locale, {
                weekday: "long",
                day: "numeric",
                month: "long",
            }).format(date);
            const year = date.getFullYear() + (locale === "en-GB" ? 0 : BUDDHIST_ERA_OFFSET);
            const time = date.toTimeString().slice(0, 5);
            return `${words} ${year}${hasTime ? ` ${time}` : ""}`;
        }
    }

    window.wagtail.app.register("office-date", OfficeDateController);
})();
