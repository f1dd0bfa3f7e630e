// The progress of a build as it happens. Without it the page loads itself again; the forms need no script.
"use strict";
{
  const bar = document.getElementById("build-bar");
  const stage = document.getElementById("build-stage");
  const words = document.getElementById("build-words");

  if (bar && stage && words) {
    const events = new EventSource("/build/events");
    events.addEventListener("message", (event) => {
      const now = JSON.parse(event.data);
      stage.textContent = now.stage || "Starting";
      words.textContent = now.words;
      if (now.total) {
        bar.max = now.total;
        bar.value = now.done;
      } else bar.removeAttribute("value");
      if (now.state !== "running" && now.state !== "stopping") {
        events.close();
        location.reload();
      }
    });
  }
}
