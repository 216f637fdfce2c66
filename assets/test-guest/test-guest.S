# The test guest: what a host needs to show that it can run a guest. A PC's BIOS loads this disk and runs it.
#
# It says what it is on the screen and on the first serial line, counts its seconds, echoes what is typed on either, and
# switches itself off when the power button is pressed. Nothing of it is written back.
#
# `node scripts/test-guest.mjs` makes electron/new-vm/test-guest/program.ts of it.
        .code16
        .globl _start
        .set COM1, 0x3f8
        # where SeaBIOS puts the ACPI registers of both of QEMU's chipsets
        .set PM, 0x600

_start: ljmp $0, $main
main:   xor %ax, %ax
        mov %ax, %ds
        mov %ax, %es
        mov %ax, %ss
        mov $0x7c00, %sp
        # the second sector on, behind this one
        mov $0x0203, %ax
        mov $0x0002, %cx
        mov $0, %dh
        mov $0x7e00, %bx
        int $0x13
        mov $failed, %si
        jc 1f
        jmp ready
1:      lodsb
        test %al, %al
        jz 2f
        mov $0x0e, %ah
        mov $7, %bx
        int $0x10
        jmp 1b
2:      hlt
        jmp 2b
failed: .asciz "The disk cannot be read."
        .org 510
        .word 0xaa55

# ---- from the second sector on
ready:  mov $0x0003, %ax        # 80 by 25, cleared
        int $0x10
        # 115200 baud, 8 bits
        mov $COM1+3, %dx
        mov $0x80, %al
        out %al, %dx
        mov $COM1, %dx
        mov $1, %al
        out %al, %dx
        mov $COM1+1, %dx
        xor %al, %al
        out %al, %dx
        mov $COM1+3, %dx
        mov $3, %al
        out %al, %dx
        # a press of the power button shall be seen
        mov $PM+2, %dx
        mov $0x0100, %ax
        out %ax, %dx
        call paint
        mov $banner, %si
        call say
        sti
loop:   mov $PM, %dx
        in %dx, %ax
        test $0x01, %ah
        jnz off
        # the BIOS counts 18.2 ticks a second at 0040:006c
        mov $0x46c, %bx
        mov (%bx), %ax
        mov %ax, %dx
        sub last, %dx
        cmp $18, %dx
        jb 1f
        mov %ax, last
        incw seconds
        call clock
1:      mov $1, %ah             # a key?
        int $0x16
        jz 2f
        mov $0, %ah
        int $0x16
        call put
        jmp loop
2:      mov $COM1+5, %dx
        in %dx, %al
        test $1, %al
        jz 3f
        mov $COM1, %dx
        in %dx, %al
        call put
        jmp loop
3:      hlt
        jmp loop

off:    mov $bye, %si
        call say
        # soft off (S5) of PIIX4 and ICH9
        mov $PM+4, %dx
        mov $0x2000, %ax
        out %ax, %dx
1:      cli
        hlt
        jmp 1b

# the text at %si on both
say:    lodsb
        test %al, %al
        jz 1f
        call put1
        jmp say
1:      ret

# what was typed; Enter begins a line, and codes that are no character are left out
put:    cmp $13, %al
        jne 1f
        mov $10, %al
        call put1
        mov $13, %al
1:      cmp $8, %al
        je put1
        cmp $127, %al
        je 2f
        cmp $13, %al
        je put1
        cmp $32, %al
        jae put1
        ret
2:      mov $8, %al
put1:   push %ax
        mov $0x0e, %ah
        mov $7, %bx
        int $0x10
        pop %ax
        push %ax
        mov %al, %ah
        mov $COM1+5, %dx
        mov $0xffff, %cx
1:      in %dx, %al
        test $0x20, %al
        loopz 1b
        mov %ah, %al
        mov $COM1, %dx
        out %al, %dx
        pop %ax
        ret

# a bar of colour on top
paint:  mov $0x0600, %ax
        mov $0x1f, %bh
        xor %cx, %cx
        mov $0x004f, %dx
        int $0x10
        ret

# the seconds, in the bar, straight into the screen's memory; the cursor stays where it is
clock:  push %es
        mov $0xb800, %ax
        mov %ax, %es
        mov $148, %di
        mov seconds, %ax
        mov $10, %bx
        mov $5, %cx
1:      xor %dx, %dx
        div %bx
        add $'0', %dl
        mov %dl, %es:(%di)
        sub $2, %di
        loop 1b
        mov $'s', %al
        mov %al, %es:152
        pop %es
        ret

last:    .word 0
seconds: .word 0
banner:  .ascii " Innkeeper test guest\r\n\r\n"
         .ascii "This host can run virtual machines.\r\n\r\n"
         .ascii "Type something: it comes back here and on the serial line.\r\n"
         .ascii "Shut down presses the power button, which this guest obeys.\r\n\r\n"
         .asciz "> "
bye:     .asciz "\r\n\r\nThe power button was pressed. Good night.\r\n"
