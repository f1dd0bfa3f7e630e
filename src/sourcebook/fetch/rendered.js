// The page as it is shown, as markup: what stands in open shadow trees in its place, and nothing that is shown only where
// no script runs. Runs in a world of its own, so that the page's scripts cannot change what it calls.
(most) => {
  const shown = document.documentElement;
  if (!shown) return "";
  let source = shown;
  if ([...shown.querySelectorAll("*")].some((element) => element.shadowRoot)) {
    const quiet = document.implementation.createHTMLDocument(""); // nothing loads or runs in it
    const copy = quiet.importNode(shown, false);
    const waiting = [[shown, copy]];
    while (waiting.length) {
      const [from, to] = waiting.pop();
      let children = from.shadowRoot ? from.shadowRoot.childNodes : from.childNodes;
      if (from.localName === "slot" && from.assignedNodes().length) children = from.assignedNodes();
      for (const child of children) {
        if (child.localName === "style" && from.shadowRoot) continue;
        const made = quiet.importNode(child, false);
        to.appendChild(made);
        waiting.push([child, made]);
      }
    }
    source = copy;
  }
  for (const element of source.querySelectorAll("noscript")) element.remove();
  const markup = source.outerHTML;
  if (markup.length > most) return null;
  return (document.doctype ? "<!DOCTYPE html>\n" : "") + markup;
}
