// [data-upload]: pictures are sent in when pasted, dropped on the text, or chosen by the button.
{
  const editor = document.querySelector("[data-editor]");
  const area = editor?.querySelector("textarea");
  const upload = editor?.querySelector("[data-upload]");
  const told = editor?.querySelector("[data-told]");

  const say = (words) => {
    told.textContent = words;
    told.hidden = !words;
  };

  const pictures = (files) => [...(files || [])].filter((file) => file.type.startsWith("image/"));

  async function send(file) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", area.form.elements.csrfmiddlewaretoken.value);
    data.append("image", file);
    const address = area.dataset.markdownxUploadUrlsPath;
    const answer = await fetch(address, { method: "POST", body: data });
    const json = answer.headers.get("content-type")?.includes("json") && (await answer.json());
    if (!json || !answer.ok) throw new Error((json && json.message) || editor.dataset.failed);
    const text = `![⟦${upload.dataset.alt}⟧](${json.url})`;
    area.setSelectionRange(area.selectionEnd, area.selectionEnd);
    area.dispatchEvent(new CustomEvent("editor:insert", { detail: { how: "block", text } }));
  }

  async function sendAll(files) {
    say(upload.dataset.busy);
    try {
      for (const file of files) await send(file);
      say(upload.dataset.done);
    } catch (error) {
      say(error instanceof TypeError ? editor.dataset.failed : error.message);
    }
  }

  const take = (event, carried) => {
    const found = pictures(carried?.files);
    if (!found.length) return;
    event.preventDefault();
    sendAll(found);
  };

  if (upload) {
    const input = upload.querySelector("input");
    area.addEventListener("paste", (event) => take(event, event.clipboardData));
    area.addEventListener("drop", (event) => take(event, event.dataTransfer));
    area.addEventListener("dragover", (event) => {
      if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
    });
    input.addEventListener("change", () => {
      const files = [...input.files];
      input.value = "";
      sendAll(files);
    });
  }
}
