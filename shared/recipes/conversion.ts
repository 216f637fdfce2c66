import { preparationChecks, preparationSteps } from './guest-preparation'
import type { Recipe } from './recipe'
import { lines, onClient, onHost, packageCommand, quoted } from './words'

const tools = {
  debian: { v2v: 'virt-v2v', guestfs: 'libguestfs-tools', p2v: 'virt-p2v' },
  redhat: { v2v: 'virt-v2v', guestfs: 'guestfs-tools', p2v: 'virt-p2v-maker' },
  suse: { v2v: 'virt-v2v', guestfs: 'guestfs-tools', p2v: 'virt-p2v' },
}

export const xenToKvm: Recipe = {
  id: 'xen-to-kvm',
  topic: 'Moving VMs',
  title: 'Move a Xen guest to KVM',
  summary:
    'Prepare the guest, copy its disks, and let Innkeeper rewrite its definition: what to look at first, and every step.',
  keywords: [
    'v2v',
    'virtio',
    'initrd',
    'xvda',
    'vda',
    'device.map',
    'securetty',
    'convert',
    'VMDP',
    'pygrub',
  ],
  isOfGuest: true,
  build: ({ distribution, ...values }) => {
    const { user, host } = quoted({ distribution, ...values })
    const guest = { distribution, devices: 'virtio', renamed: [{ from: 'xvda', to: 'vda' }] } as const
    return {
      steps: [
        onClient(
          'Look before you begin: the new host has a running pool with room for the disks, and a network or bridge for each card. Choose them in Innkeeper under Storage and Networks, or make them there.',
        ),
        onHost(
          'On the Xen host: see what the guest has, and keep its definition.',
          lines('virsh list --all', 'virsh domblklist GUEST', 'virsh dumpxml --inactive GUEST > GUEST.xml'),
        ),
        ...preparationSteps(guest),
        onHost(
          'On the Xen host: shut the guest down, and keep a copy of its disks until the new VM has proved itself.',
          lines(
            'virsh shutdown GUEST',
            'sudo cp --sparse=always /var/lib/xen/images/GUEST.raw /var/lib/xen/images/GUEST.raw.before',
            'md5sum /var/lib/xen/images/GUEST.raw',
          ),
        ),
        onHost(
          'On the new host: fetch the disks into a folder that is a pool, and compare their sums.',
          lines(
            'sudo mkdir -p /var/lib/kvm/images',
            `sudo rsync --sparse --progress ${user}@${host}:/var/lib/xen/images/GUEST.raw /var/lib/kvm/images/`,
            'md5sum /var/lib/kvm/images/GUEST.raw',
          ),
        ),
        onClient(
          'In Innkeeper: “New VM”, “From a definition…”, open GUEST.xml, and “Convert it for KVM…”. Change the paths of the disks in the text to where they are now, then create it.',
        ),
      ],
      changes: [
        'The guest gets a usual kernel, other drivers in its initial RAM disk, a boot loader and a login on ttyS0',
        'The new host gets copies of its disks; those on the Xen host stay as they are',
      ],
      dangers: [
        'Never let both run: two guests with one address, or on one disk, destroy each other’s work.',
        'Linux (SLES, openSUSE, RHEL, Fedora, Debian and their kin) is prepared as told here. Windows needs the drivers of VMDP or virtio-win: choose emulated devices, start it once, install them, then change the bus of its disks.',
        'A disk that is one file system without partition table (xvda1) has no place for a boot loader: make a partitioned disk, and copy the system onto it.',
        'Copying takes its time: some ten minutes for a usual guest.',
      ],
      verify: [
        ...preparationChecks(guest),
        onClient('In Innkeeper: start the VM, and watch its console until it asks who you are.'),
      ],
      undo: [
        onHost(
          'On the Xen host: the guest starts there as before while its disks were not changed; else put the copies back.',
          lines(
            'sudo cp --sparse=always /var/lib/xen/images/GUEST.raw.before /var/lib/xen/images/GUEST.raw',
            'virsh start GUEST',
          ),
        ),
      ],
    }
  },
}

export const pvToHvm: Recipe = {
  id: 'pv-to-hvm',
  topic: 'Moving VMs',
  title: 'Make a paravirtual Xen guest fully virtual',
  summary: 'PV becomes HVM on the same Xen host: the guest is prepared, and its definition rewritten.',
  keywords: ['pv', 'hvm', 'pvhvm', 'xenfv', 'hvmloader', 'cirrus', 'xen-vbd', 'xen-vnif', 'kernel-default'],
  isOfGuest: true,
  build: ({ distribution }) => {
    const guest = { distribution, devices: 'xen', renamed: [] } as const
    return {
      steps: [
        ...preparationSteps(guest),
        onHost(
          'Shut the guest down and keep its definition.',
          lines('virsh shutdown GUEST', 'virsh dumpxml --inactive GUEST > GUEST.xml'),
        ),
        onClient(
          'In Innkeeper: “New VM”, “From a definition…”, open GUEST.xml, “Convert it for Xen HVM…”, and give it a name and UUID of its own, so that the old one stays.',
        ),
      ],
      changes: [
        'The guest gets a usual kernel and a boot loader',
        'A second VM with the same disks stands beside the first',
      ],
      dangers: [
        'Never let both run at once: they have the same disks.',
        'A kernel without Xen’s drivers calls the disk sda or hda: with UUIDs in /etc/fstab it starts in any case.',
      ],
      verify: preparationChecks(guest),
      undo: [onClient('Delete the new VM without its disks, and start the old one.')],
    }
  },
}

export const virtV2v: Recipe = {
  id: 'virt-v2v',
  topic: 'Moving VMs',
  title: 'Convert a guest with virt-v2v, from a Xen or VMware host',
  summary:
    'A program that fetches a guest, prepares it from outside and stores it: for many of them, or by a script.',
  keywords: ['v2v', 'xen+ssh', 'vcenter', 'esx', 'ova', 'script', 'remote'],
  build: (values) => {
    const { user, host } = quoted(values)
    return {
      steps: [
        onHost(
          'On the host that gets the guest: install it. Windows needs the package virtio-win too.',
          `${packageCommand[values.distribution]} ${tools[values.distribution].v2v}`,
        ),
        onHost(
          'Let it in at the other host without a password, which it cannot ask for.',
          lines(
            'sudo ssh-keygen -t ed25519 -N "" -f /root/.ssh/id_ed25519',
            `sudo ssh-copy-id ${user}@${host}`,
          ),
        ),
        onHost(
          'Shut the guest down there, then convert it: into this pool, on this network, under this name.',
          lines(
            `sudo virt-v2v -ic xen+ssh://${user}@${host}/ GUEST \\`,
            '  -o libvirt -os default -of qcow2 -oa sparse --network default -on GUEST-kvm',
          ),
        ),
        onHost(
          'A package of another hypervisor, or a definition with its disks, is converted the same way.',
          lines(
            'sudo virt-v2v -i ova guest.ova -o libvirt -os default --network default',
            'sudo virt-v2v -i libvirtxml guest.xml -o libvirt -os default --bridge br0',
          ),
        ),
        onClient('The new VM shows up in Innkeeper as soon as it is stored.'),
      ],
      changes: [
        'A new VM with disks in the pool; its system gets virtio drivers and a boot loader that fits',
        'The guest on the other host stays as it is',
      ],
      dangers: [
        'The guest has to be shut down: a copy of a running one is broken.',
        'It takes about ten minutes for each guest, and as much room in /var/tmp as its disks have.',
        'libssh of some versions refuses old hosts: SSH algorithms that they know have to be allowed there.',
      ],
      verify: [
        onHost(
          'It is stored, and its disks are in the pool.',
          lines('virsh list --all', 'virsh vol-list default'),
        ),
      ],
      undo: [onHost('Remove what was made.', 'virsh undefine GUEST-kvm --remove-all-storage')],
    }
  },
}

export const physicalToVm: Recipe = {
  id: 'physical-to-vm',
  topic: 'Moving VMs',
  title: 'Turn a computer into a VM (P2V)',
  summary: 'A small system started on the computer sends its disks to a host, which makes a VM of them.',
  keywords: ['p2v', 'virt-p2v', 'kiwi', 'physical', 'live', 'PXE', 'conversion server'],
  build: (values) => {
    const { distribution } = values
    const { user, host } = quoted(values)
    const maker =
      distribution === 'suse'
        ? lines(
            'virt-p2v-make-kiwi --output p2v.kiwi',
            '# the keyboard is in p2v.kiwi/config.xml: <keytable>us</keytable>',
            'sudo kiwi-ng --type iso system build --description p2v.kiwi --target-dir p2v-iso',
          )
        : 'virt-p2v-make-disk -o p2v.img'
    return {
      steps: [
        onHost(
          'On the conversion server: what makes a VM of the disks, and lets the computer in by ssh.',
          `${packageCommand[distribution]} ${tools[distribution].v2v}`,
        ),
        onClient(
          'Make the system that the computer is started from. It goes onto a USB stick, a disc, or a PXE server.',
          lines(`${packageCommand[distribution]} ${tools[distribution].p2v}`, maker),
        ),
        onClient(
          `Start the computer from it. It asks for the conversion server (${host}, signed in as ${user}, or root with sudo), and tries whether it answers.`,
        ),
        onClient(
          'Then it asks what the VM shall be: its name, processors and memory, which disks and network cards to take, and in which format (raw, or qcow2). As output choose “libvirt” with the name of a pool, or “local” with a folder of the server.',
        ),
        onClient(
          'The VM shows up in Innkeeper when all is copied; take the stick out and leave the computer off.',
        ),
      ],
      changes: ['A new VM, or its files, on the conversion server', 'The computer is only read'],
      dangers: [
        'Never let both run: they have the same name and addresses.',
        'Everything goes over the network once: let it be a wire, and count hours for large disks.',
      ],
      verify: [onHost('The VM is stored.', 'virsh list --all')],
      undo: [onHost('Remove the VM with its disks.', 'virsh undefine GUEST --remove-all-storage')],
    }
  },
}

export const imageScripts: Recipe = {
  id: 'image-scripts',
  topic: 'Moving VMs',
  title: 'Change guests from outside, by a script',
  summary:
    'guestfs looks into images of VMs that are shut down, and changes files, names and drivers in them.',
  keywords: [
    'guestfs',
    'guestfish',
    'virt-customize',
    'virt-edit',
    'virt-inspector',
    'fstab',
    'image',
    'rescue',
  ],
  build: ({ distribution }) => ({
    steps: [
      onHost('Install the tools.', `${packageCommand[distribution]} ${tools[distribution].guestfs}`),
      onHost(
        'See what is in a VM: its system, its file systems, its fstab.',
        lines(
          'virt-inspector -d GUEST',
          'virt-filesystems -d GUEST --long --all',
          'virt-cat -d GUEST /etc/fstab',
        ),
      ),
      onHost(
        'Rename its disks, as moving from Xen to KVM needs it; the expression is one of Perl.',
        lines(
          "virt-edit -d GUEST /etc/fstab -e 's#/dev/xvda#/dev/vda#'",
          "virt-edit -d GUEST /etc/default/grub -e 's#console=hvc0#console=ttyS0#'",
        ),
      ),
      onHost(
        'Or run commands in it, with its own programs.',
        'virt-customize -d GUEST --run-command "dracut --force --regenerate-all --add-drivers virtio_blk"',
      ),
      onHost(
        'For what has no tool of its own: a system beside the guest’s, with its disks.',
        'virt-rescue -d GUEST',
      ),
    ],
    changes: ['Files inside the image, at once and for good'],
    dangers: [
      'Only of VMs that are shut down: two writers destroy a file system. Reading while they run may show what is not there.',
      'Take a snapshot or a copy of the disk first.',
    ],
    verify: [onHost('The file reads as it should.', 'virt-cat -d GUEST /etc/fstab')],
    undo: [onHost('Go back to the snapshot, or put the copy back.', 'virsh snapshot-list GUEST')],
  }),
}
