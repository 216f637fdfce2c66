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
  // frames on demand: those of their own come with changes only, and a screen that rests would make no film at all
  const stream = canvas.captureStream(0)
  const tracks = stream.getVideoTracks() as CanvasCaptureMediaStreamTrack[]
  const frames = setInterval(() => {
    for (const track of tracks) track.requestFrame()
  }, 1000 / framesPerSecond)
  const recorder = new MediaRecorder(stream, { mimeType })
  const slices: Blob[] = []
  let sizeBytes = 0
  const whole = new Promise<Blob>((resolve) => {
    recorder.addEventListener('stop', () => {
      clearInterval(frames)
      for (const track of tracks) track.stop()
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
