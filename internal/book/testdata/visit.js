// visit opens addresses in frames of their own and does in each what a reader might: it
// clicks every link that leads to no page, and submits forms. It gives those in which a
// program of an attack has run.
async (addresses) => {
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const one = async (address) => {
    const frame = document.createElement("iframe");
    frame.width = frame.height = 400;
    frame.src = address;
    const loaded = new Promise((done) => { frame.onload = done; });
    document.body.append(frame);
    await Promise.race([loaded, wait(5000)]);
    await wait(50);
    let ran = false;
    try {
      const page = frame.contentDocument;
      for (const link of page.querySelectorAll("a")) {
        const address = link.href?.animVal ?? link.href;
        if (!/^(https?|file):/.test(address)) link.dispatchEvent(new frame.contentWindow.MouseEvent("click", { bubbles: true, cancelable: true }));
      }
      page.querySelector("[autofocus]")?.focus();
      for (const button of page.querySelectorAll("form button")) button.click();
      await wait(150);
      ran = Boolean(frame.contentWindow.ran);
    } catch {
      // It has gone elsewhere, where it is asked for.
    }
    frame.remove();
    return ran ? [address] : [];
  };
  return (await Promise.all(addresses.map(one))).flat();
}
