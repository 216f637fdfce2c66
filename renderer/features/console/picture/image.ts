import type { Rect } from './rect'

/**
 * A picture out of its bytes, by a thread of the browser. An element of HTML would do as well; but the browser keeps what it
 * decoded for those, and a screen never sends the same again.
 */
export async function decodeImage(
  data: Uint8Array,
  type: string,
  { width, height }: Rect,
): Promise<VideoFrame> {
  const decoder = new ImageDecoder({ data, type })
  try {
    const { image } = await decoder.decode()
    if (image.displayWidth === width && image.displayHeight === height) return image
    image.close()
    throw new Error(`a picture of ${image.displayWidth} by ${image.displayHeight} for ${width} by ${height}`)
  } finally {
    decoder.close()
  }
}
