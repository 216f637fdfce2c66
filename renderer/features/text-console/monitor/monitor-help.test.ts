import { expect, test } from 'vitest'
import { complete, readHelp, readInfoHelp, readQmpCommands } from './monitor-help'

/** As QEMU 7.2 writes it, descriptions of several lines included. */
const help = `announce_self [interfaces] [id] -- Trigger GARP/RARP announcements
block_job_cancel [-f] device -- stop an active background block operation (use -f
\t\t\t if you want to abort the operation immediately
block_job_pause device -- pause an active background block operation
commit device|all -- commit changes to the disk images (if -snapshot is used) or backing files
cont|c  -- resume emulation
help|? [cmd] -- show the help
info [subcommand] -- show various information about the system state
stop|s  -- stop emulation
system_powerdown  -- send system power down event
system_reset  -- reset the system
`
const infoHelp = `info balloon  -- show balloon information
info block [-n] [-v] [device] -- show info of one block device or all block devices (-n: show named nodes; -v: show details)
info block-jobs  -- show progress of ongoing block device operations
`
const commands = readHelp(help)
const infos = readInfoHelp(infoHelp)

test('each name and short form is a word with its parameters and meaning', () => {
  expect(commands.map(({ word }) => word)).toEqual(
    'announce_self block_job_cancel block_job_pause commit cont c help ? info stop s system_powerdown system_reset'.split(
      ' ',
    ),
  )
  expect(commands[3]).toEqual({
    word: 'commit',
    parameters: 'device|all',
    meaning: 'commit changes to the disk images (if -snapshot is used) or backing files',
  })
  expect(infos.map(({ word }) => word)).toEqual(['balloon', 'block', 'block-jobs'])
})

test.each([
  ['sys', 'system_', ['system_powerdown', 'system_reset']],
  ['system_r', 'system_reset ', []],
  ['block_', 'block_job_', ['block_job_cancel', 'block_job_pause']],
  ['info ba', 'info balloon ', []],
  ['info b', 'info b', ['balloon', 'block', 'block-jobs']],
  ['help st', 'help stop ', []],
  ['nothing', 'nothing', []],
  ['commit vi', 'commit vi', []],
])('%j is completed to %j', (line, completed, choices) => {
  const found = complete(line, commands, infos)
  expect(found.line).toBe(completed)
  expect(found.choices.map(({ word }) => word)).toEqual(choices)
})

test('names of QMP come in the order of the alphabet, and nonsense of an emulator is none', () => {
  expect(readQmpCommands('[{"name":"stop"},{"name":"cont"},7,null]').map(({ word }) => word)).toEqual([
    'cont',
    'stop',
  ])
  expect(readQmpCommands('not json')).toEqual([])
})
