{% macro meets_conditions(joined_month, age, years, max_age, day) -%}
    {#- Whether a teacher meets the exchange conditions on a day; null where a month is unknown. -#}
    {{ joined_month }} + to_months(cast({{ years }} * 12 as integer)) <= {{ day }}
    and case when {{ max_age }} is null then true else {{ age }} <= {{ max_age }} end
{%- endmacro %}


{% macro age_on(birth_month, day) -%}
    {#- Completed years on a day. -#}
    cast(floor(datediff('month', date_trunc('month', {{ birth_month }}), {{ day }}) / 12) as integer)
{%- endmacro %}


{% macro judged_share(part, whole, target, unknown_part=0, unknown_whole=0) -%}
    {#-
        `met` or `not_met` where what is unknown could not change it, else `missing`; an empty whole is not tested.
        Unknown members of the part may all belong to it or none; those of the whole likewise.
    -#}
    case
        when {{ part }} is null or {{ whole }} is null then 'missing'
        when {{ whole }} + {{ unknown_whole }} = 0 then 'not_tested'
        when {{ reaches(part, target ~ ' * (' ~ whole ~ ' + ' ~ unknown_whole ~ ')') }} then 'met'
        when {{ reaches('(' ~ part ~ ' + ' ~ unknown_part ~ ')', target ~ ' * ' ~ whole) }} then 'missing'
        else 'not_met'
    end
{%- endmacro %}


{% macro heads_short(part, whole, target) -%}
    {#- How many more of the part would reach the target; null where either is unknown. -#}
    case
        when {{ part }} is null or {{ whole }} is null then null
        when {{ reaches(part, target ~ ' * ' ~ whole) }} then 0
        else cast(ceil({{ target }} * {{ whole }}) - {{ part }} as integer)
    end
{%- endmacro %}
