/** What every command has beside its definition: how a guest that runs is found and talked to. */
import type { ArgvPart } from '../argv/plan'
import { monitorCount } from '../guest'

export function runParts(runFolder: string): ArgvPart[] {
  return [
    ...Array.from({ length: monitorCount }, (_, at) => ({
      of: 'run',
      words: [
        ...[
          '-chardev',
          `socket,id=innkeeper-qmp${at},path=${doubled(runFolder)}/qmp-${at},server=on,wait=off`,
        ],
        ...['-mon', `chardev=innkeeper-qmp${at},mode=control`],
      ],
      why: 'A socket by which Innkeeper talks to the running VM.',
    })),
    {
      of: 'run',
      words: ['-daemonize', '-pidfile', `${runFolder}/pid`],
      why: 'QEMU goes into the background, so that the VM goes on without Innkeeper, and is found again.',
    },
  ]
}

/** Of this start alone: they say nothing of what the VM is. */
export function startParts({
  isPaused,
  isIncoming,
}: {
  readonly isPaused?: boolean | undefined
  readonly isIncoming?: boolean | undefined
}): ArgvPart[] {
  return [
    ...(isPaused === true || isIncoming === true
      ? [{ of: 'this start', words: ['-S'], why: 'The processor stands still until it is told to run.' }]
      : []),
    ...(isIncoming === true
      ? [
          {
            of: 'this start',
            words: ['-incoming', 'defer'],
            why: 'It waited for memory that another process had written.',
          },
        ]
      : []),
  ]
}

/** A comma ends a value in QEMU's words, unless it is doubled. */
function doubled(text: string): string {
  return text.replaceAll(',', ',,')
}
