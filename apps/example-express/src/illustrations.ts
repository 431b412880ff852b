import { type Html, html } from './html.ts'

export const mugDrawing: Html = html`
<svg class="drawing" viewBox="16 4 288 288" aria-hidden="true">
  <defs>
    <clipPath id="mug-body"><path d="M86 98 L95 238 Q97 256 115 256 H189 Q207 256 209 238 L218 98 Z"/></clipPath>
  </defs>
  <ellipse class="shadow" cx="164" cy="258" rx="92" ry="11"/>
  <path class="clay-line" d="M213 134 C270 120 272 216 208 218" stroke-width="18"/>
  <path class="glaze-line" d="M213 134 C238 128 253 141 254 162" stroke-width="18"/>
  <path class="clay" d="M86 98 L95 238 Q97 256 115 256 H189 Q207 256 209 238 L218 98 Z"/>
  <g clip-path="url(#mug-body)">
    <path class="glaze" d="M80 90 H226 V182 C206 196 190 174 170 186 C150 198 138 172 118 184 C104 192 94 186 80 190 Z"/>
    <path class="shade" d="M180 90 H226 V262 H170 C186 210 186 150 180 90 Z"/>
    <path class="shine" d="M106 122 C105 140 106 152 108 166" stroke-width="6"/>
    <circle class="speck" cx="112" cy="222" r="1.8"/><circle class="speck" cx="136" cy="236" r="1.3"/>
    <circle class="speck" cx="150" cy="214" r="2"/><circle class="speck" cx="172" cy="228" r="1.4"/>
    <circle class="speck" cx="127" cy="206" r="1.2"/><circle class="speck" cx="160" cy="246" r="1.7"/>
  </g>
  <ellipse class="glaze" cx="152" cy="98" rx="66" ry="17"/>
  <ellipse class="glaze-deep" cx="152" cy="100" rx="57" ry="12.5"/>
</svg>`

export const bowlDrawing: Html = html`
<svg class="drawing" viewBox="16 4 288 288" aria-hidden="true">
  <defs>
    <clipPath id="bowl-body"><path d="M44 140 C48 204 96 240 128 248 H192 C224 240 272 204 276 140 Z"/></clipPath>
  </defs>
  <ellipse class="shadow" cx="160" cy="262" rx="96" ry="10"/>
  <path class="clay" d="M124 244 L130 263 H190 L196 244 Z"/>
  <path class="clay" d="M44 140 C48 204 96 240 128 248 H192 C224 240 272 204 276 140 Z"/>
  <g clip-path="url(#bowl-body)">
    <path class="glaze-line" d="M40 158 C92 196 228 196 280 158" stroke-width="5"/>
    <g class="glaze">
      <path d="M70 184 q5 15 17 20 q-3 -14 -17 -20z"/><path d="M94 196 q5 15 17 19 q-4 -14 -17 -19z"/>
      <path d="M120 204 q5 14 16 18 q-3 -13 -16 -18z"/><path d="M148 207 q4 14 13 18 q1 -12 -13 -18z"/>
      <path d="M176 206 q1 13 7 18 q6 -11 -7 -18z"/><path d="M204 202 q-2 14 3 19 q9 -9 -3 -19z"/>
      <path d="M230 192 q-5 13 -2 19 q12 -6 2 -19z"/><path d="M252 178 q-7 11 -6 18 q12 -5 6 -18z"/>
    </g>
    <path class="shade" d="M206 130 H280 V256 H184 C214 220 218 176 206 130 Z"/>
  </g>
  <ellipse class="clay" cx="160" cy="140" rx="116" ry="29"/>
  <ellipse class="glaze" cx="160" cy="141" rx="107" ry="24"/>
  <path class="glaze-deep" d="M53 141 a107 24 0 0 1 214 0 c-22 -13 -62 -18 -107 -18 s-85 5 -107 18z"/>
  <path class="shine" d="M96 153 C118 159 142 161 164 161" stroke-width="4"/>
</svg>`

export const vaseDrawing: Html = html`
<svg class="drawing" viewBox="16 4 288 288" aria-hidden="true">
  <defs>
    <clipPath id="vase-body"><path d="M140 126 C142 146 139 156 130 166 C108 184 94 200 96 222 C99 250 128 262 160 262 C192 262 221 250 224 222 C226 200 212 184 190 166 C181 156 178 146 180 126 Z"/></clipPath>
  </defs>
  <ellipse class="shadow" cx="162" cy="262" rx="74" ry="10"/>
  <path class="stem" d="M162 130 C164 98 176 66 202 38" stroke-width="3"/>
  <g class="leaf">
    <path d="M166 104 c-20 -2 -32 -14 -34 -30 c18 0 31 11 34 30z"/>
    <path d="M173 84 c18 6 34 1 43 -13 c-17 -7 -34 -3 -43 13z"/>
    <path d="M180 68 c-16 -7 -23 -21 -20 -36 c16 5 24 18 20 36z"/>
    <path d="M190 54 c14 5 29 1 37 -11 c-15 -7 -29 -3 -37 11z"/>
    <path d="M201 40 c-8 -11 -7 -22 1 -31 c9 9 9 21 -1 31z"/>
  </g>
  <path class="clay" d="M140 126 C142 146 139 156 130 166 C108 184 94 200 96 222 C99 250 128 262 160 262 C192 262 221 250 224 222 C226 200 212 184 190 166 C181 156 178 146 180 126 Z"/>
  <g clip-path="url(#vase-body)">
    <path class="glaze" d="M90 204 C118 190 134 214 160 204 C186 194 204 212 230 200 V244 C204 254 184 240 160 248 C136 256 116 240 90 248 Z"/>
    <path class="clay-line" d="M92 226 C120 216 138 236 162 226 C188 216 206 232 228 222" stroke-width="3"/>
    <path class="shade" d="M172 120 H236 V268 H168 C214 240 206 196 178 168 Z"/>
    <path class="shine" d="M118 196 C111 204 108 212 109 222" stroke-width="5"/>
  </g>
  <ellipse class="clay" cx="160" cy="126" rx="24" ry="6.5"/>
  <ellipse class="hollow" cx="160" cy="127" rx="18" ry="4"/>
  <path class="stem" d="M161 129 L162 118" stroke-width="3"/>
</svg>`
