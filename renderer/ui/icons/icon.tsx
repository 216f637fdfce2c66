import type { ReactNode } from 'react'

interface IconProps {
  readonly size?: number
  readonly className?: string | undefined
}

export type Icon = (props: IconProps) => ReactNode

/** Icons are drawn on a 16 px grid with 1.5 px lines, in the colour of the text beside them. */
export function strokeIcon(shapes: ReactNode): Icon {
  return function StrokeIcon({ size = 16, className }: IconProps) {
    return (
      <svg
        aria-hidden="true"
        width={size}
        height={size}
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        className={className}
      >
        {shapes}
      </svg>
    )
  }
}

export function solidIcon(shapes: ReactNode): Icon {
  return function SolidIcon({ size = 16, className }: IconProps) {
    return (
      <svg
        aria-hidden="true"
        width={size}
        height={size}
        viewBox="0 0 16 16"
        fill="currentColor"
        className={className}
      >
        {shapes}
      </svg>
    )
  }
}
