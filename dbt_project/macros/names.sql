{% macro generate_schema_name(custom_schema_name, node) -%}
    {#- Schemas carry their plain names: readers query `marts.fct_school_indicator`. -#}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}


{% macro normal_name(name) -%}
    {#- The form in which names are compared: half-width brackets and digits, no white space. -#}
    regexp_replace(translate({{ name }}, '（）０１２３４５６７８９', '()0123456789'), '[\s　]', '', 'g')
{%- endmacro %}


{% macro normal_class(name, grade) -%}
    {#-
        A class by its number, however it is written: 7(1)班, 七年级1班, 初一（1）班, 701, 01 and 一班 are 1班 of grade 7.
        Any other name stays as it is.
    -#}
    {%- set plain = "translate(" ~ name ~ ", '（）', '()')" -%}
    {%- set year = '(?:20\d\d级)?(?:(?:小学|初中|高中)?(?:[一二三四五六七八九]|\d{1,2})年级|[小初高][一二三四五六](?:年级)?)?' -%}
    {%- set short = '^(?:[一二三四五六七八九]|\d{1,2}[.-])?\(?0*([1-9]\d?)\)?班?$' -%}
    {%- set forms = [
        "'^" ~ year ~ "\(?0*([1-9]\d?)\)?班?$'",
        "'" ~ short ~ "'",
        "'^\d{1,2}\(0*([1-9]\d?)\)班?$'",
        "'^0?' || " ~ grade ~ " || '0?([1-9]\d?)班?$'",
    ] -%}
    {%- set spelled = "regexp_extract(" ~ plain ~ ", '^" ~ year ~ "\(?([一二三四五六七八九十]{1,3})\)?班$', 1)" -%}
    coalesce(
        coalesce(
            {%- for form in forms %}
            nullif(regexp_extract({{ plain }}, {{ form }}, 1), ''),
            {%- endfor %}
            cast(list_position(string_split('一,二,三,四,五,六,七,八,九,十,十一,十二,十三,十四,十五,十六,十七,十八,十九,二十', ','),
                {{ spelled }}) as varchar)
        ) || '班',
        {{ name }}
    )
{%- endmacro %}


{% macro without_prefix(name, prefix) -%}
    {#- A name without its county or township prefix; null when nothing would be left or cut. -#}
    case
        when {{ prefix }} <> '' and starts_with({{ name }}, {{ prefix }}) and length({{ name }}) > length({{ prefix }})
            then substr({{ name }}, length({{ prefix }}) + 1)
    end
{%- endmacro %}


{% macro figure_text(figure) -%}
    {#- A figure as it stands in a sentence: whole numbers without decimals. -#}
    case
        when {{ figure }} = round({{ figure }}) then cast(cast({{ figure }} as bigint) as varchar)
        else {{ half_up(figure, 2) }}
    end
{%- endmacro %}


{% macro same_figure(one, other) -%}
    {#- Two figures that are equal but for the noise of a conversion, or both missing. -#}
    coalesce(
        abs({{ one }} - {{ other }}) <= 1e-9 * greatest(abs({{ one }}), abs({{ other }})),
        {{ one }} is null and {{ other }} is null
    )
{%- endmacro %}


{% macro filled(template, words) -%}
    {#- A sentence with its `{placeholders}` filled in. -#}
    {%- set sentence = namespace(sql=template) -%}
    {%- for placeholder, word in words.items() -%}
        {%- set sentence.sql = "replace(" ~ sentence.sql ~ ", '{" ~ placeholder ~ "}', " ~ word ~ ")" -%}
    {%- endfor -%}
    {{ sentence.sql }}
{%- endmacro %}
