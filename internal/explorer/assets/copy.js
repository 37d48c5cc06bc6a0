// Copying, with a dialog where the clipboard is not to be had, as on a page from a file.

class Copier {
  constructor(dialog, say) {
    this.dialog = dialog;
    this.text = dialog.querySelector("textarea");
    this.title = dialog.querySelector("h2");
    this.say = say;
    dialog.querySelector("button").addEventListener("click", () => dialog.close());
  }

  // copy takes what the text is called, "the link", and the text itself.
  async copy(name, text) {
    try {
      await navigator.clipboard.writeText(text);
      this.say(`Copied ${name}.`);
    } catch {
      this.title.textContent = `Copy ${name}`;
      this.text.value = text;
      this.dialog.showModal();
      this.text.focus();
      this.text.select();
      this.text.scrollTop = 0;
      this.say(`The browser does not let the page copy; ${name} is shown, selected.`);
    }
  }
}
