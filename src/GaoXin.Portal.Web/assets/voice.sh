#!/bin/sh
# Makes the voice clips of the calling screen anew (wwwroot/assets/voice): needs espeak-ng, sox and lame. They are committed, so that
# no build and no hall needs a synthesizer; a hall may lay recordings of a person under the same names.
set -e
out="$(dirname "$0")/../wwwroot/assets/voice"
mkdir -p "$out"
clip() { # name, voice, text
    espeak-ng -v "$2" -s 150 -p 45 "$3" --stdout | sox -t wav - -t wav - silence 1 0.01 1% reverse silence 1 0.01 1% reverse | lame --quiet -m m -b 32 --resample 22.05 - "$out/$1.mp3"
}
i=0
for digit in ling2 yi1 er4 san1 si4 wu3 liu4 qi1 ba1 jiu3; do clip $i cmn-latn-pinyin $digit; i=$((i + 1)); done
for letter in A B C D E F G H I J K L M N O P Q R S T U V W X Y Z; do clip $letter en-us $letter; done
clip ten cmn-latn-pinyin shi2
clip please cmn-latn-pinyin qing3
clip number-to cmn-latn-pinyin "hao4 dao4"
clip window cmn-latn-pinyin "hao4 chuang1kou3"
clip on cmn-latn-pinyin "yu3yin1 yi3 da3kai1"
