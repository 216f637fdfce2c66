import type { Recipe } from './recipe'
import { daemonNames, hostFile, lines, onClient, onHost, packageCommand, restartDaemon } from './words'

const nfsPackages = { debian: 'nfs-kernel-server', redhat: 'nfs-utils', suse: 'nfs-kernel-server' }

export const sharedStorage: Recipe = {
  id: 'shared-storage',
  topic: 'Storage',
  title: 'Share a folder of images between hosts (NFS)',
  summary: 'What live migration without copying needs: the same pool with the same path on every host.',
  keywords: ['nfs', 'exports', 'netfs', 'migration', 'shared', 'no_root_squash', 'cache none'],
  build: ({ distribution }) => ({
    steps: [
      onHost(
        'On the server of the images: install the NFS server.',
        `${packageCommand[distribution]} ${nfsPackages[distribution]}`,
      ),
      hostFile(
        'On the server: who may mount the folder. Write the names or the network of your hosts.',
        '/etc/exports.d/images.exports',
        lines('/srv/images 192.0.2.0/24(rw,sync,no_subtree_check,no_root_squash)', ''),
      ),
      onHost(
        'On the server: make the folder, and tell the server of it.',
        lines('sudo mkdir -p /srv/images', 'sudo systemctl enable --now nfs-server', 'sudo exportfs -ra'),
      ),
      onClient(
        'In Innkeeper: on the first host make a pool of the kind "Network folder" with this server and folder, then copy its definition to the other hosts (menu of the pool).',
      ),
      onClient(
        'Make the disks of VMs that shall move in this pool, and set their cache to "none": live migration on NFS refuses other modes.',
      ),
    ],
    changes: ['The folder can be mounted and changed from the named hosts'],
    dangers: [
      'no_root_squash lets root of every named host change every file of the folder: name hosts, never a whole office network.',
      'Two hosts that start the same VM at once destroy its disk: switch disk locking on (see "Keep two VMs off one disk").',
    ],
    verify: [
      onHost('The export is listed.', 'sudo exportfs -v'),
      onHost('On a host: it can be mounted.', 'showmount -e SERVER'),
    ],
    undo: [
      onHost(
        'On the server, once no pool uses it any more.',
        lines('sudo rm /etc/exports.d/images.exports', 'sudo exportfs -ra'),
      ),
    ],
  }),
}

export const diskLocking: Recipe = {
  id: 'disk-locking',
  topic: 'Storage',
  title: 'Keep two VMs off one disk (virtlockd)',
  summary:
    'A lock on every disk a VM writes to: a second VM, or a second host, is refused instead of destroying the data.',
  keywords: ['lock_manager', 'lockd', 'virtlockd', 'lockspace', 'double start', 'shared storage', 'sanlock'],
  build: ({ daemons }) => {
    const { local } = daemonNames(daemons)
    return {
      steps: [
        hostFile(
          'Let QEMU’s driver ask the lock daemon. (Xen: /etc/libvirt/libxl.conf.)',
          '/etc/libvirt/qemu.conf',
          lines('lock_manager = "lockd"', ''),
        ),
        onHost(
          'Start the lock daemon now and at every boot, then the driver anew.',
          lines('sudo systemctl enable --now virtlockd.socket', restartDaemon(local)),
        ),
        hostFile(
          'For disks on LVM or iSCSI that several hosts see: locks by the volume’s own UUID, kept in a folder all hosts share. Files on NFS or GlusterFS need none of this.',
          '/etc/libvirt/qemu-lockd.conf',
          lines(
            'lvm_lockspace_dir = "/var/lib/libvirt/lockd/lvmvolumes"',
            'scsi_lockspace_dir = "/var/lib/libvirt/lockd/scsivolumes"',
            '',
          ),
        ),
        onHost(
          'Only for that: the folder has to be a mount from shared storage, the same on every host.',
          'findmnt --target /var/lib/libvirt/lockd',
        ),
        onHost(
          'Let the lock daemon read its settings again; it keeps the locks it holds.',
          'sudo systemctl reload virtlockd',
        ),
      ],
      changes: [
        'Starting a VM whose disk is in use elsewhere fails',
        'Disks that several VMs shall write to have to be marked as shareable',
      ],
      dangers: [
        'VMs that run already get their lock only when they are started again.',
        'On LVM and iSCSI that several hosts see, paths differ between hosts: without the lockspace folders two hosts do not see each other’s locks.',
        'All hosts need the same setting: one that does not ask for locks breaks them for everybody.',
      ],
      verify: [
        onHost(
          'The driver says so; a second start of a disk in use ends with "Failed to acquire lock".',
          'sudo grep ^lock_manager /etc/libvirt/qemu.conf; systemctl is-active virtlockd.socket',
        ),
      ],
      undo: [
        onHost(
          'Take the line out again.',
          lines("sudo sed -i '/^lock_manager/d' /etc/libvirt/qemu.conf", restartDaemon(local)),
        ),
      ],
    }
  },
}

export const loopDevices: Recipe = {
  id: 'loop-devices',
  topic: 'Storage',
  title: 'More loop devices for disks in files',
  summary:
    'Xen guests with many disks in files run out of loop devices; the kernel module decides how many there are.',
  keywords: ['max_loop', 'losetup', 'xen', 'modprobe', 'file-backed'],
  build: () => ({
    steps: [
      onHost('See how many are in use.', 'losetup --list; ls /dev/loop* | wc -l'),
      hostFile(
        'Ask for more; 64 is the usual number.',
        '/etc/modprobe.d/loop.conf',
        lines('options loop max_loop=128', ''),
      ),
      onHost(
        'Load the module anew, while nothing uses it. Where it is built into the kernel, add loop.max_loop=128 to the boot line instead.',
        'sudo modprobe -r loop && sudo modprobe loop',
      ),
    ],
    changes: ['The kernel makes more loop devices when the module is loaded'],
    dangers: ['The module cannot be unloaded while a disk in a file is in use: shut the guests down first.'],
    verify: [onHost('The new number.', 'cat /sys/module/loop/parameters/max_loop')],
    undo: [
      onHost('Remove the setting; it counts from the next load on.', 'sudo rm /etc/modprobe.d/loop.conf'),
    ],
  }),
}

export const mountImage: Recipe = {
  id: 'mount-image',
  topic: 'Storage',
  title: 'Look into a disk image on the host',
  summary:
    'Mount a partition of a guest’s disk to take a file out or mend a setting, while the guest is off.',
  keywords: ['losetup', 'offset', 'mount -o loop', 'qemu-nbd', 'fdisk', 'partition', 'guestmount'],
  build: () => ({
    steps: [
      onHost('Shut the guest down, and make sure that nothing uses the image (Storage, column "Used by").'),
      onHost(
        'A raw image: the kernel finds the partitions by itself.',
        lines(
          'IMAGE=/var/lib/libvirt/images/demo.raw',
          'LOOP=$(sudo losetup --find --show --partscan --read-only "$IMAGE")',
          'lsblk "$LOOP"',
          'sudo mount -o ro "${LOOP}p1" /mnt',
        ),
      ),
      onHost(
        'The same by arithmetic: the first sector times 512 is where the partition begins.',
        lines(
          'IMAGE=/var/lib/libvirt/images/demo.raw',
          'fdisk -lu "$IMAGE"',
          'sudo mount -o ro,loop,offset=$((2048 * 512)) "$IMAGE" /mnt',
        ),
      ),
      onHost(
        'A qcow2 image, through a network block device.',
        lines(
          'IMAGE=/var/lib/libvirt/images/demo.qcow2',
          'sudo modprobe nbd max_part=16',
          'sudo qemu-nbd --read-only --connect=/dev/nbd0 "$IMAGE"',
          'sudo mount -o ro /dev/nbd0p1 /mnt',
        ),
      ),
    ],
    changes: ['The host reads the guest’s file system; with the options above it writes nothing'],
    dangers: [
      'Mounting an image that a running guest uses destroys its file system, also when it is mounted read-only.',
      'A file system from a guest is not to be trusted: one made with bad intent can attack the host’s kernel. guestmount looks into it inside of a small VM instead.',
    ],
    verify: [onHost('What is mounted from it.', 'findmnt /mnt')],
    undo: [
      onHost(
        'Unmount it and let go of the image before the guest is started.',
        lines('sudo umount /mnt', 'sudo losetup --detach-all', 'sudo qemu-nbd --disconnect /dev/nbd0'),
      ),
    ],
  }),
}

export const growDisk: Recipe = {
  id: 'grow-disk',
  topic: 'Storage',
  title: 'Use the new room of a disk that was made larger',
  summary: 'After a volume has grown, the guest still has to make its partition and file system larger.',
  keywords: [
    'resize',
    'growpart',
    'xfs_growfs',
    'resize2fs',
    'lvresize',
    'pvresize',
    'blockresize',
    'extend',
  ],
  build: () => ({
    steps: [
      onHost(
        'In the guest: see that the disk is larger. VirtIO disks tell at once; SCSI disks are asked with the second line; other disks need the guest to be started again.',
        lines('lsblk', 'echo 1 | sudo tee /sys/class/block/sda/device/rescan'),
      ),
      onHost(
        'In the guest, where the file system fills the whole disk or the last partition: partition first.',
        'sudo growpart /dev/vda 1',
      ),
      onHost(
        'In the guest: then the file system, while it is mounted.',
        lines(
          'sudo resize2fs /dev/vda1      # ext4',
          'sudo xfs_growfs /             # XFS, by its mount point',
          'sudo btrfs filesystem resize max /',
        ),
      ),
      onHost(
        'In the guest, with LVM: the physical volume, then the logical volume with its file system.',
        lines('sudo pvresize /dev/vda2', 'sudo lvextend --resizefs --extents +100%FREE /dev/VG/ROOT'),
      ),
      onHost(
        'In Windows: Disk Management, "Extend Volume"; a recovery partition in between has to go first.',
      ),
    ],
    changes: ['The guest’s partition and file system become larger'],
    dangers: [
      'Keep a copy of what matters: a wrong number in a partition table loses the partition.',
      'Making a disk smaller is another matter: file system and partition have to be made smaller first, or their end is cut off.',
    ],
    verify: [onHost('In the guest.', 'df -h')],
    undo: [onHost('There is no way back but a copy: file systems such as XFS cannot be made smaller.')],
  }),
}
