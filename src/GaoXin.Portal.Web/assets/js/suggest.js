/**
 * Offers services below a search box while one types (ARIA combobox with a list). Enter without a choice sends the form as ever;
 * a service is opened by clicking it, or by arrow keys and Enter.
 */
export function suggest(root) {
  for (const input of root.querySelectorAll("input[data-gx-suggest]")) new Suggestions(input);
}

const PAUSE = 150;
let lists = 0;

class Suggestions {
  constructor(input) {
    this.input = input;
    this.active = -1;
    this.list = document.createElement("ul");
    this.list.id = `gx-suggest-${++lists}`;
    this.list.className = "gx-suggest";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "可能是这些事项");
    this.list.hidden = true;
    this.status = document.createElement("p");
    this.status.className = "vh";
    this.status.setAttribute("role", "status");
    input.form.append(this.list, this.status);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]]) input.setAttribute(name, value);
    input.addEventListener("input", (event) => this.ask(event));
    input.addEventListener("compositionend", (event) => this.ask(event));
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // The box keeps the focus, so that a click on a line does not close the list first.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
  }

  ask(event) {
    // Letters of an unfinished Chinese word are asked for too: they are pinyin.
    clearTimeout(this.timer);
    this.request?.abort();
    const text = this.input.value.trim();
    if (text === "") return this.close();
    this.timer = setTimeout(() => this.fetch(text), event.type === "compositionend" ? 0 : PAUSE);
  }

  async fetch(text) {
    this.request = new AbortController();
    try {
      const answer = await fetch(`${this.input.dataset.gxSuggest}?q=${encodeURIComponent(text.slice(0, 60))}`, { signal: this.request.signal });
      if (answer.ok) this.show(await answer.json());
    } catch {
      this.close();
    }
  }

  show(found) {
    if (document.activeElement !== this.input) return;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...found.map((one, i) => this.line(one, i)));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.status.textContent = found.length === 0 ? "没有建议" : `有 ${found.length} 个建议，按上下键选`;
  }

  line(one, i) {
    const line = document.createElement("li");
    line.id = `${this.list.id}-${i}`;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    line.dataset.url = one.url;
    const title = document.createElement("span");
    title.append(...marked(one.title));
    line.append(title);
    if (one.alsoCalled) {
      const called = document.createElement("small");
      called.append("也叫：", ...marked(one.alsoCalled));
      line.append(called);
    }
    return line;
  }

  key(event) {
    if (event.isComposing || this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.choose(this.active + step);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.open(this.list.children[this.active]);
    }
  }

  /** One past the ends is the box itself. */
  choose(at) {
    const lines = this.list.children;
    lines[this.active]?.setAttribute("aria-selected", "false");
    this.active = at >= lines.length ? -1 : at < -1 ? lines.length - 1 : at;
    const line = lines[this.active];
    if (line) {
      line.setAttribute("aria-selected", "true");
      line.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", line.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  open(line) {
    if (line) window.location.assign(line.dataset.url);
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }
}

function marked(parts) {
  return parts.map(({ text, marked }) => {
    if (!marked) return text;
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  });
}
