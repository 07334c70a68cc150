// The upload page: drop files, a folder or a ZIP anywhere on the zone; see how far the upload is; stop it.
// Without this script the page is a plain form with two file pickers.
(() => {
  "use strict";

  const form = document.querySelector("[data-upload]");
  if (!form) return;

  const zone = form.querySelector("[data-drop]");
  const pickers = [...form.querySelectorAll("input[type=file]")];
  const chosenBox = form.querySelector("[data-chosen]");
  const chosenList = form.querySelector("[data-chosen-files]");
  const chosenSum = form.querySelector("[data-chosen-sum]");
  const progressBox = form.querySelector("[data-progress]");
  const bar = progressBox.querySelector("progress");
  const said = progressBox.querySelector("[data-said]");
  const submit = form.querySelector("[type=submit]");
  const refused = document.querySelector("[data-refused]");
  const maxBytes = Number(form.dataset.maxBytes);
  const maxFiles = Number(form.dataset.maxFiles);
  const FILES_LISTED = 12;

  let chosen = []; // {path, file}
  let request = null;

  // Files that systems strew about folders and that nobody means to upload.
  const isStrewn = (path) =>
    path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX" || part === "Thumbs.db");

  // In the units in which the pages and the limit are written: a MB has 1024 KB.
  const size = (bytes) => {
    if (bytes < 1024) return `${bytes} bytes`;
    if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KB`;
    return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
  };

  const total = () => chosen.reduce((sum, { file }) => sum + file.size, 0);

  function choose(found) {
    chosen = found.filter(({ path }) => !isStrewn(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
    chosenList.replaceChildren(
      ...chosen.slice(0, FILES_LISTED).map(({ path, file }) => {
        const item = document.createElement("li");
        const name = document.createElement("span");
        name.textContent = path;
        const bytes = document.createElement("span");
        bytes.className = "num muted";
        bytes.textContent = size(file.size);
        item.append(name, bytes);
        return item;
      }),
    );
    const more = chosen.length - FILES_LISTED;
    chosenSum.textContent =
      `${chosen.length} ${chosen.length === 1 ? "file" : "files"}, ${size(total())}` +
      (more > 0 ? ` (${more} more than listed)` : "");
    chosenBox.hidden = chosen.length === 0;
    refuse("");
    return objection();
  }

  function objection() {
    if (!chosen.length) return "There is no file to upload yet. Drop the CSV files, their folder, or a ZIP of it, or choose them.";
    if (chosen.length > maxFiles) {
      return `These are ${chosen.length} files; at most ${maxFiles} are taken one by one. ZIP the folder and upload the ZIP.`;
    }
    if (total() > maxBytes) {
      return `These files have ${size(total())}; at most ${size(maxBytes)} are taken at once. Upload fewer bundles at a time, or ZIP them.`;
    }
    return "";
  }

  function refuse(sentence) {
    refused.replaceChildren();
    if (!sentence) return;
    const box = document.createElement("div");
    box.className = "notice notice-error";
    box.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = sentence;
    box.append(text);
    refused.append(box);
  }

  // A dropped folder comes as entries that are read level by level; readEntries gives at most 100 at a time.
  const fileOf = (entry) => new Promise((done, fail) => entry.file(done, fail));
  const batchOf = (reader) => new Promise((done, fail) => reader.readEntries(done, fail));

  async function filesUnder(entry) {
    if (entry.isFile) return [{ path: entry.fullPath.replace(/^\//, ""), file: await fileOf(entry) }];
    const reader = entry.createReader();
    const found = [];
    for (let batch = await batchOf(reader); batch.length; batch = await batchOf(reader)) {
      for (const child of batch) found.push(...(await filesUnder(child)));
    }
    return found;
  }

  async function filesDropped(transfer) {
    // Everything is asked for at once: the list is empty after the first await.
    const entries = [...transfer.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry?.());
    const loose = [...transfer.files].map((file) => ({ path: file.name, file }));
    if (!entries.length || entries.some((entry) => !entry)) return loose;
    const found = [];
    for (const entry of entries) found.push(...(await filesUnder(entry)));
    return found;
  }

  function send() {
    const sentence = objection();
    if (sentence) return refuse(sentence);
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const { path } of chosen) body.append("paths", path);
    for (const { file } of chosen) body.append("files", file, file.name);
    request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    const began = performance.now();
    request.upload.addEventListener("progress", (event) => show(event.loaded, event.total, began));
    request.addEventListener("load", answered);
    request.addEventListener("error", () =>
      stopped("The upload did not arrive: the connection was lost, or a file changed meanwhile. Choose the files again."));
    request.addEventListener("abort", () => stopped(""));
    busy(true);
    request.send(body);
  }

  function show(loaded, all, began) {
    bar.max = all;
    bar.value = loaded;
    if (loaded >= all) {
      bar.removeAttribute("value");
      said.textContent = "Uploaded. Reading and checking the files…";
      return;
    }
    const seconds = (performance.now() - began) / 1000;
    const left = seconds > 1 ? `, ${Math.ceil(((all - loaded) * seconds) / loaded)} s left` : "";
    said.textContent = `${size(loaded)} of ${size(all)}${left}`;
  }

  function answered() {
    const answer = parsed(request.responseText);
    if (request.status === 201 && answer) {
      window.location.assign(answer.location);
      return;
    }
    if (request.status === 422 && answer) {
      stopped("");
      refused.innerHTML = answer.html; // rendered and escaped by the server
      refused.focus();
      return;
    }
    const sentences = {
      400: `The server refused the form: perhaps it holds too many files. ZIP the folder and upload the ZIP.`,
      403: "You are no longer signed in, or may not upload. Sign in again and choose the files again.",
      413: "The upload is too large for the server. ZIP the folder, or upload fewer bundles at a time.",
    };
    stopped(sentences[request.status] || "Something broke on our side. Nothing was imported. Try once more, then tell an admin.");
  }

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  function busy(yes) {
    progressBox.hidden = !yes;
    submit.disabled = yes;
    zone.toggleAttribute("data-busy", yes);
    form.setAttribute("aria-busy", String(yes));
    if (yes) {
      bar.value = 0;
      said.textContent = "Starting…";
    }
  }

  function stopped(sentence) {
    request = null;
    busy(false);
    refuse(sentence);
    if (sentence) refused.focus();
  }

  let depth = 0; // dragenter and dragleave also come from the zone's children
  const over = (yes) => zone.toggleAttribute("data-over", yes);

  // A file that misses the zone must not replace the page.
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
  zone.addEventListener("dragenter", () => over(++depth > 0));
  zone.addEventListener("dragleave", () => over(--depth > 0));
  zone.addEventListener("drop", async (event) => {
    depth = 0;
    over(false);
    if (request) return;
    try {
      const sentence = choose(await filesDropped(event.dataTransfer));
      if (sentence) refuse(sentence);
      else send();
    } catch {
      refuse("A dropped file could not be read. Choose it with the button instead.");
    }
  });

  for (const picker of pickers) {
    picker.addEventListener("change", () => {
      for (const other of pickers) if (other !== picker) other.value = "";
      const sentence = choose([...picker.files].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
      if (sentence) refuse(sentence);
      else submit.focus();
    });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!request) send();
  });
  progressBox.querySelector("[data-stop]").addEventListener("click", () => request?.abort());
  form.classList.add("has-script");
})();
