import type { HostId } from '../../../shared/model/ids'

export interface TopFilter {
  /** Absent: of all hosts. */
  readonly host: HostId | undefined
  readonly text: string
  readonly isPaused: boolean
}
