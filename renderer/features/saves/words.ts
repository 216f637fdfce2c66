import type { ResumeState } from '../../../shared/model/save/saved-state'
import { formatBytes } from '../../../shared/units'
import type { Segment } from '../../ui/Segmented'
import { timeText } from '../../ui/time-text'

export function resumeSegments(wasRunning: boolean | undefined): readonly Segment<ResumeState>[] {
  const was = wasRunning === undefined ? '' : wasRunning ? ' (running)' : ' (paused)'
  return [
    { id: 'as-it-was', label: `As it was${was}` },
    { id: 'running', label: 'Running' },
    { id: 'paused', label: 'Paused' },
  ]
}

export function whenText(atMs: number | undefined): string | undefined {
  return atMs === undefined ? undefined : timeText(atMs)
}

export function bytesText(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : formatBytes(bytes)
}
