import { qemuBySocket } from './testing/lab-qemu'
import { describeQemu } from './testing/qemu-suite'

// the socket leads to the daemon only: the lab's host has a name and files of its own
describeQemu('libvirt qemu', { guestsAnswerAcpi: true, runsNoCommands: true, start: qemuBySocket })
