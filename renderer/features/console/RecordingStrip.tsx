import { Button } from '../../ui/Button'
import { formatBytes } from '../../../shared/units'
import type { ScreenRecording } from './use-recording'

export function RecordingStrip({ sizeBytes, stop }: ScreenRecording) {
  if (sizeBytes === undefined) return null
  return (
    <div className="console-strip" role="group" aria-label="Recording">
      <span className="console-recording" aria-hidden="true" />
      <span className="console-strip-lines">Recording the screen, {formatBytes(sizeBytes)}</span>
      <Button onPress={stop}>Stop and save…</Button>
    </div>
  )
}
