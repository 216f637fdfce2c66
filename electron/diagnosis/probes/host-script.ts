/**
 * Asks a host, or this computer, for everything the later steps judge, in one command. POSIX sh and tools that are on
 * every host; it only reads. The text is constant: what differs comes as arguments. Each answer is a line "name=value".
 */
export const hostScript = `
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"; LC_ALL=C; export PATH LC_ALL
say() { printf '%s=%s\\n' "$1" "$2"; }
say user "$(id -un 2>/dev/null)"
say uid "$(id -u 2>/dev/null)"
say groups "$(id -Gn 2>/dev/null)"
say accountgroups "$(id -Gn "$(id -un 2>/dev/null)" 2>/dev/null)"
say clock "$(date +%s)"
say kernel "$(uname -s)"
say os "$(sed -n 's/^ID=//p;s/^ID_LIKE=//p' /etc/os-release 2>/dev/null | tr -d '"' | tr '\\n' ' ')"
for program in libvirtd virtqemud virtproxyd virtxend virtlxcd virt-ssh-helper nc xl qemu-kvm; do
  if command -v "$program" >/dev/null 2>&1; then say program "$program"; fi
done
for path in /usr/bin/qemu-system-* /usr/libexec/qemu-kvm; do
  if [ -x "$path" ]; then say program "\${path##*/}"; fi
done
for path do
  case "$path" in
  'session:'*) path="\${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/libvirt/\${path#session:}" ;;
  esac
  if [ -S "$path" ]; then
    may=no; if [ -r "$path" ] && [ -w "$path" ]; then may=yes; fi
    say socket "$may $path $(ls -ldL "$path" 2>/dev/null | head -n 1)"
  elif [ -e "\${path%/*}" ] && [ ! -x "\${path%/*}" ]; then
    say socket "hidden $path"
  else
    say socket "missing $path"
  fi
done
if [ -d /run/systemd/system ]; then
  say systemd yes
  systemctl show -p Id,LoadState,ActiveState,UnitFileState \\
    libvirtd.service libvirtd.socket libvirtd-tls.socket libvirtd-tcp.socket \\
    virtqemud.service virtqemud.socket virtproxyd.service virtproxyd.socket virtproxyd-tls.socket \\
    virtxend.service virtxend.socket virtlxcd.socket \\
    xencommons.service xenstored.service xenconsoled.service polkit.service 2>/dev/null | sed 's/^/unit /'
fi
ps -e -o comm= 2>/dev/null | sort -u | grep -E '^(libvirtd|virtqemud|virtproxyd|virtxend|virtlxcd|xenstored|oxenstored|xenconsoled|polkitd)$' |
  while read -r name; do say process "$name"; done
if [ -e /dev/kvm ]; then
  may=no; if [ -r /dev/kvm ] && [ -w /dev/kvm ]; then may=yes; fi
  say kvm "$may $(ls -lL /dev/kvm 2>/dev/null)"
else
  say kvm missing
fi
say cpu "$(grep -m 1 -o -w -E 'vmx|svm' /proc/cpuinfo 2>/dev/null | head -n 1)"
if grep -q -w hypervisor /proc/cpuinfo 2>/dev/null; then say nested yes; fi
say iommu "$(ls /sys/class/iommu 2>/dev/null | wc -l | tr -d ' ')"
if [ -d /proc/xen ]; then say xen "$(cat /proc/xen/capabilities 2>/dev/null || echo unreadable)"; fi
say end yes
`
