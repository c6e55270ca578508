// Opened from disk, a page may start no worker. This runs the script of one in a hidden frame, so that the search works there too.
if (location.protocol === "file:") {
  window.IFrameWorker = window.Worker = class extends EventTarget {
    constructor(url) {
      super()
      const frame = document.createElement("iframe")
      frame.hidden = true
      frame.title = "search"
      document.documentElement.append(frame)
      const inside = frame.contentWindow
      inside.postMessage = data => this.#tell(this, data)
      const script = inside.document.createElement("script")
      script.src = url
      this.#ready = new Promise((done, failed) => Object.assign(script, { onload: () => done(inside), onerror: failed }))
      inside.document.head.append(script)
    }

    postMessage(data) {
      this.#ready.then(inside => this.#tell(inside, data))
    }

    #ready

    #tell(target, data) {
      target.dispatchEvent(new MessageEvent("message", { data }))
    }
  }
}
