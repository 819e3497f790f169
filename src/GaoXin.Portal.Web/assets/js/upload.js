const mega = 1024 * 1024;

/** Says which file was chosen, and at once when it is larger than data-gx-max-bytes. The server checks again. */
export function upload(root) {
  for (const input of root.querySelectorAll(".gx-upload input[type=file]")) {
    const line = document.createElement("span");
    line.setAttribute("role", "status");
    input.closest(".gx-upload").append(line);
    input.addEventListener("change", () => (line.textContent = describe([...input.files], Number(input.dataset.gxMaxBytes))));
  }
}

function describe(files, limit) {
  if (files.length === 0) return "";
  const large = limit > 0 && files.find((file) => file.size > limit);
  if (large) return `“${large.name}”超过 ${Math.round(limit / mega)} MB，请压缩或重新拍照`;
  return files.map((file) => `已选：${file.name}（${size(file.size)}）`).join("，");
}

function size(bytes) {
  return bytes < mega ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / mega).toFixed(1)} MB`;
}
