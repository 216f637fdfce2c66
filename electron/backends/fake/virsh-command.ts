import type { PowerAction } from '../../../shared/model/vm'
import { shellWord } from '../../../shared/shell-word'

const verbs: Record<PowerAction | 'delete', string> = {
  start: 'start',
  startPaused: 'start --paused',
  shutdown: 'shutdown',
  reboot: 'reboot',
  shutdownByAgent: 'shutdown --mode agent',
  rebootByAgent: 'reboot --mode agent',
  sleep: 'dompmsuspend --target mem',
  hibernate: 'dompmsuspend --target disk',
  hybridSleep: 'dompmsuspend --target hybrid',
  wakeUp: 'dompmwakeup',
  reset: 'reset',
  forceOff: 'destroy',
  pause: 'suspend',
  resume: 'resume',
  save: 'managedsave',
  restore: 'start',
  startAfresh: 'start --force-boot',
  discardSaved: 'managedsave-remove',
  delete: 'undefine --nvram --managed-save',
}

/** What one would type for the same on a real host. */
export function virshCommand(action: PowerAction | 'delete', name: string): string {
  return `virsh ${verbs[action]} ${shellWord(name)}`
}

export function virshLine([verb = '', ...rest]: readonly string[]): string {
  return ['virsh', verb, ...rest.map((word) => shellWord(word))].join(' ')
}
