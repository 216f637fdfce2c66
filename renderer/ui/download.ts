/** Offers what is at the address as a file; the system asks where to put it. */
export function download(url: string, fileName: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
}

export function downloadBlob(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob)
  download(url, fileName)
  // The download has its own hold on the content by the next turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** "web-01-2026-11-29T21-40-00-000Z.png": of what, and when. */
export function pictureName(of: string, extension: string): string {
  const time = new Date().toISOString().replace(/[:.]/g, '-')
  return `${of.replace(/[^\w.-]+/g, '_')}-${time}.${extension}`
}
