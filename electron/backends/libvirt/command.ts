import type { PowerAction } from '../../../shared/model/vm'
import { shellWord } from '../../../shared/shell-word'

const verbs: Record<PowerAction | 'delete', string> = {
  start: 'start',
  startPaused: 'start --paused',
  restore: 'start',
  startAfresh: 'start --force-boot',
  discardSaved: 'managedsave-remove',
  shutdown: 'shutdown --mode acpi',
  reboot: 'reboot --mode acpi',
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
  delete: 'undefine --managed-save --snapshots-metadata --checkpoints-metadata --nvram',
}

/** What does the same in a shell. */
export function virshCommand(uri: string, action: PowerAction | 'delete', name: string): string {
  const connect = uri === '' ? '' : ` -c ${shellWord(uri)}`
  // "--" is not known to older virsh; a leading dash would be taken for an option
  const domain = name.startsWith('-') ? `--domain ${shellWord(name)}` : shellWord(name)
  return `virsh${connect} ${verbs[action]} ${domain}`
}

/** Any other command, with its connection. */
export function virshLine(uri: string, words: readonly string[]): string {
  const [verb = '', ...rest] = words
  const connect = uri === '' ? [] : ['-c', shellWord(uri)]
  return ['virsh', ...connect, verb, ...rest.map((word) => shellWord(word))].join(' ')
}
