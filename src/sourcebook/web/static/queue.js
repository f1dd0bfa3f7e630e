// Keys for the work queue. They act only while a problem is in focus, and only choose and focus: a form sends itself.
"use strict";
{
  const queue = document.getElementById("queue");
  const tasks = queue ? [...queue.querySelectorAll(".task")] : [];

  const go = (task) => {
    if (!task) return;
    for (const one of tasks) one.tabIndex = one === task ? 0 : -1;
    task.focus();
    task.scrollIntoView({ block: "nearest" });
  };

  const answer = (task, key) => {
    const select = task.querySelector("select[name=said]");
    if (select) {
      const wanted = { c: "confirm", d: "dismiss" }[key];
      const option = [...select.options].find((one) =>
        wanted ? one.value === wanted : one.value !== "confirm" && one.value !== "dismiss",
      );
      if (!option) return;
      select.value = option.value;
    } else if (key !== "d") return;
    const field = key === "o" ? select : task.querySelector("input[name=why]");
    if (field) field.focus();
  };

  if (queue) {
    queue.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const task = event.target.closest(".task");
      if (!task) return;
      if (event.target.matches("input, select")) {
        if (event.key === "Escape") go(task);
        return;
      }
      const at = tasks.indexOf(task);
      if (event.key === "j") go(tasks[at + 1]);
      else if (event.key === "k") go(tasks[at - 1]);
      else if ("cod".includes(event.key)) answer(task, event.key);
      else return;
      event.preventDefault();
    });
    // The browser takes the focus away when it comes to the fragment, which is after this script has run.
    if (location.hash === "#queue") addEventListener("load", () => setTimeout(() => go(tasks[0])));
  }
}
