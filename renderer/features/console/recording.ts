/** What is drawn on a canvas as a film, in memory until it is saved. */
export interface Recording {
  /** Ends it; the film is whole when the promise is kept. */
  stop(): Promise<Blob>
}

/** Enough for moving text and windows. */
const framesPerSecond = 15
const mimeType = 'video/webm;codecs=vp8'
/** Told that often how large it is. */
const sliceMs = 1000
/** A film that is held in memory ends by itself before it takes too much of it. */
export const maxFilmBytes = 500_000_000

export function startRecording(canvas: HTMLCanvasElement, onSize: (sizeBytes: number) => void): Recording {
  const stream = canvas.captureStream(framesPerSecond)
  const recorder = new MediaRecorder(stream, { mimeType })
  const slices: Blob[] = []
  let sizeBytes = 0
  const whole = new Promise<Blob>((resolve) => {
    recorder.addEventListener('stop', () => {
      for (const track of stream.getTracks()) track.stop()
      resolve(new Blob(slices, { type: 'video/webm' }))
    })
  })
  recorder.addEventListener('dataavailable', ({ data }) => {
    slices.push(data)
    sizeBytes += data.size
    onSize(sizeBytes)
  })
  recorder.start(sliceMs)
  return {
    stop: () => {
      if (recorder.state !== 'inactive') recorder.stop()
      return whole
    },
  }
}
