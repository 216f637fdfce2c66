import { bySsh } from './testing/by-ssh'
import { describeQemuDirect } from './testing/describe-qemu'

// the same host from outside: files, sockets and commands are channels of one ssh connection
describeQemuDirect('qemu without libvirt over ssh', () => bySsh())
