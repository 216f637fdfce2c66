/** A window that is covered gets no frames, and its screens go on. */
const coveredMs = 200

/** When the window draws next. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      cancelAnimationFrame(frame)
      resolve()
    }
    const timer = setTimeout(done, coveredMs)
    const frame = requestAnimationFrame(done)
  })
}
